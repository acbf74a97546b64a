"""Plans, and outcomes that are partly achieved."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

_OUTCOMES = (
    "outcome Home of a Client, when Review occurs, once\n"
    "outcome Work of a Client, when Job Start occurs, once, partly when Review occurs\n"
)

PLANS = (
    Mistake(
        "OL221",
        "nothing-partly-achieved",
        "A payment for what is partly achieved pays nobody where nothing says when that is.",
        _OUTCOMES + "payment Part Fee: the Council pays the Provider £30 for each Home partly achieved",
        _OUTCOMES + "payment Part Fee: the Council pays the Provider £30 for each Work partly achieved",
    ),
    Mistake(
        "OL222",
        "menu-too-short",
        "Where more must be chosen than there is to choose from, no plan is ever in order, and nothing is ever paid.",
        _OUTCOMES + "plan Own Plan of a Client: any 3 of Home, Work chosen by the Council",
        _OUTCOMES + "plan Own Plan of a Client: any 1 of Home, Work chosen by the Council",
    ),
    Mistake(
        "OL223",
        "outcome-twice-in-plan",
        "Of an outcome that two rules of a plan ask for, nobody can tell which of them it keeps.",
        _OUTCOMES + "plan Own Plan of a Client: all of Home; any 1 of Home, Work chosen by the Council",
        _OUTCOMES + "plan Own Plan of a Client: all of Home and Work",
    ),
    Mistake(
        "OL224",
        "group-left-out-of-plan",
        "For people of a group of which the plan says nothing, no plan is ever in order.",
        _OUTCOMES + 'plan Own Plan of a Client: by Area "North" Home',
        _OUTCOMES + 'plan Own Plan of a Client: by Area "North" Home "South" Work',
    ),
    Mistake(
        "OL225",
        "outcome-of-others",
        "A plan holds what one participant achieves; what is achieved by a cohort, or for a row, is not theirs.",
        "outcome Low of a Year, when Offence Rate is below 30%\nplan Own Plan of a Client: all of Job and Low",
        _OUTCOMES + "plan Own Plan of a Client: all of Job and Home",
    ),
    Mistake(
        "OL226",
        "chooser-not-told",
        "Whether participants chose for themselves decides whether their plan counts, so the log must say it.",
        _OUTCOMES + "event Goal Agreed is an input, recorded by the Provider, has Goal as a label\n"
        "plan Own Plan of a Client, read from Goal of Goal Agreed: any 1 of Home, Work chosen by the Client",
        _OUTCOMES
        + "event Goal Agreed is an input, recorded by the Provider, has Goal as a label and Chosen By as a label\n"
        "plan Own Plan of a Client, read from Goal and Chosen By of Goal Agreed: "
        "any 1 of Home, Work chosen by the Client",
    ),
)
