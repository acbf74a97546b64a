"""What to write today in place of a construct that is refused by name, where another wording carries the same meaning.

A construct without an entry has no other wording: leaving it out would change what is paid.
"""

from __future__ import annotations

from outcomelang.diagnostic import Remedy

_WAYS: dict[str, tuple[Remedy, ...]] = {
    "groups of periods": (
        Remedy("figure … in each …, reported by …, as a number", "a number that tells the periods apart"),
    ),
    "figures of what happens": (Remedy("event …, has … as a number", "the row of the event carries the number"),),
    "figures of several together": (
        Remedy("figure …, reported by …", "without “of”: a figure of the contract as a whole"),
    ),
    "indexation by other steps than a year": (Remedy("at most …% each year", "a step on each anniversary"),),
    "guarantees": (
        Remedy(
            "define Shortfall as the excess of 78 over the number of Referrals",
            "then “payment …: … pays … £… for each Shortfall”",
        ),
    ),
    "what is said of members, or of somebody in a period": (
        Remedy("event …, verified by …", "in the event on which it rests: each row is verified by itself"),
    ),
    "suspensions from event to event": (
        Remedy("suspension between … and …: windows pause", "with the dates, once they are known"),
    ),
    "verification of a rate card": (Remedy("outcome …, verified by …", "in each outcome that the card pays for"),),
    "partly achieved steps": (Remedy("outcome … Partly of a …", "a second outcome with its own payment"),),
    "limits on one outcome of a plan": (Remedy("limit …", "on the payment for the outcomes of the plan"),),
    "payments in advance of what is counted": (Remedy("leave out “in advance”", "each one is paid when it is earned"),),
    "members read from the log without an event": (
        Remedy("member … of a …, read from … of …", "names the event whose rows list them"),
    ),
    "comparison groups told by more than a label": (
        Remedy('where Arm is "comparison"', "an attribute of the joining row tells who belongs to it"),
    ),
    "columns and outcomes that are spelt otherwise from a day on": (
        Remedy("logged as “…”", "one spelling, at any time"),
    ),
    "limits on a number of things in proportion": (Remedy("earliest first", "whole things are counted one by one"),),
    "limits on payments and repayments together": (Remedy("limit …", "a limit for the repayment alone"),),
    "carrying forward what is taken from the total": (Remedy("in proportion", "each payment is cut by its part"),),
    "carrying forward a measured number": (Remedy("limit … to £…", "an amount of money is carried forward"),),
    "things given without something": (Remedy('given Client "A"', "the person with rows, in place of a number"),),
    "values given for somebody in a period": (Remedy('given Client "A"', "the person with the rows behind the value"),),
}


def ways_round(construct: str) -> tuple[Remedy, ...]:
    """Other wordings for a refused construct."""
    return _WAYS.get(construct, ())
