"""What to write today in place of a construct that is refused by name, where another wording carries the same meaning.

A construct without an entry has no other wording: leaving it out would change what is paid.
"""

from __future__ import annotations

from outcomelang.diagnostic import Remedy

_WAYS: dict[str, tuple[Remedy, ...]] = {
    "figures": (
        Remedy(
            "event … Report is an output, recorded by …, has … as a number",
            "the figure as what a row carries; “the total … of … Reports” reads it",
        ),
    ),
    "assumptions": (Remedy("leave it out", "assumptions change no payment"),),
    "costs": (Remedy("leave it out", "costs change no payment"),),
    "benefits": (Remedy("leave it out", "benefits change no payment"),),
    "guarantees": (
        Remedy(
            "define Shortfall as the excess of 78 over the number of Referrals",
            "then “payment …: … pays … £… for each Shortfall”",
        ),
    ),
    "what is said of members, or of somebody in a period": (
        Remedy("event …, verified by …", "in the event on which it rests: each row is verified by itself"),
    ),
    "verification of a rate card": (Remedy("outcome …, verified by …", "in each outcome that the card pays for"),),
    "partly achieved outcomes": (Remedy("outcome … Partly of a …", "a second outcome with its own payment"),),
    "amendments": (
        Remedy('contract "…" based on "contract.outcome"', "a contract of its own for those who join from that day"),
    ),
    "counting periods": (Remedy("write the number itself", "the term and the period say how many there are"),),
    "payments for achievements in a window": (
        Remedy("outcome …, within … of …", "the window as the deadline of an outcome of its own"),
    ),
    "payments by what the joining row carries": (
        Remedy("group … of a …, read from …", 'then “for each … with … "…"”'),
    ),
    "payments for heads in a window": (
        Remedy("cohort … of a …, by date of …", "the people of the window as a cohort"),
    ),
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
    "limits on several payments with different conditions": (Remedy("limit …", "a limit for each condition"),),
    "things given without something": (Remedy('given Client "A"', "the person with rows, in place of a number"),),
    "values given for somebody in a period": (Remedy('given Client "A"', "the person with the rows behind the value"),),
}


def ways_round(construct: str) -> tuple[Remedy, ...]:
    """Other wordings for a refused construct."""
    return _WAYS.get(construct, ())
