"""Names: what is not declared, declared twice, or stands where another thing belongs."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

NAMES = (
    Mistake(
        "OL101",
        "unknown-name",
        "A name that nothing declares means nothing: what is paid for it, or bounded by it, is not known.",
        "payment Start Fee: the Council pays the Provider £30 for each Job Begin",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL102",
        "name-declared-twice",
        "One name is one thing, in the singular and in the plural. With two meanings, nobody can say "
        "which one is paid for.",
        "define Offences as 12",
        "define Offences Foreseen as 12",
    ),
    Mistake(
        "OL103",
        "wrong-kind-of-name",
        "A state lasts, an event happens, an outcome is achieved, a party pays; one cannot stand for another.",
        "payment Work Fee: the Council pays the Provider £30 for each Employment",
        "payment Work Fee: the Council pays the Provider £30 for each Job",
    ),
    Mistake(
        "OL104",
        "label-unknown",
        "A row that nobody can be in pays nothing, and the people it was meant for are paid for by no row.",
        'payment North Fee: the Council pays the Provider £30 for each Job with Area "Nord"',
        'payment North Fee: the Council pays the Provider £30 for each Job with Area "North"',
    ),
    Mistake(
        "OL105",
        "label-missing",
        "Everybody belongs to some row of a group; a condition on a group says which.",
        "payment North Fee: the Council pays the Provider £30 for each Job with an Area",
        'payment North Fee: the Council pays the Provider £30 for each Job with Area "North"',
    ),
    Mistake(
        "OL106",
        "rung-missing",
        "An outcome that is reached in several steps is several outcomes; a payment or a window says which.",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled at 3 months",
    ),
    Mistake(
        "OL107",
        "rung-unknown",
        "A step that the outcome does not have can never be reached.",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled at 4 months",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled at 6 months",
    ),
    Mistake(
        "OL108",
        "attribute-unknown",
        "A payment by what no row carries pays nobody: only what the event declares with “has” stands on its rows.",
        "define Wages as the total Wage of Job Starts",
        "define Hours as the total Weekly Hours of Job Starts",
    ),
    Mistake(
        "OL109",
        "attribute-out-of-reach",
        "Where no row is at hand, nobody can say whose value is meant: what stands on a row is read from that row, or "
        "added up over many rows.",
        "payment Plan Fee: the Council pays the Provider the Plan Value for each Job",
        "payment Plan Fee: the Council pays the Provider the Plan Value for each Referral",
    ),
    Mistake(
        "OL110",
        "several-values-here",
        "A figure for each cohort has as many values as there are cohorts; where one value is needed, it "
        "says of which.",
        "payment Rate Fee: the Council pays the Provider £30, when Offence Rate is below 50%",
        "payment Rate Fee: the Council pays the Provider £30 for each Year, when Offence Rate is below 50%",
    ),
    Mistake(
        "OL111",
        "defined-by-itself",
        "A definition that leads back to itself has no value.",
        "define Target as the Goal plus 1\ndefine Goal as the Target less 1",
        "define Target as the Goal plus 1\ndefine Goal as 12",
    ),
    Mistake(
        "OL276",
        "row-too-long",
        "What rests on a definition that rests on another, dozens of times over, can be checked by nobody.",
        "\n".join(f"define Level-{n} as the Level-{n + 1} plus 1" for n in range(1, 80)) + "\ndefine Level-80 as 12",
        "define Level-1 as the Level-2 plus 79\ndefine Level-2 as 12",
    ),
    Mistake(
        "OL159",
        "same-or-another",
        "“At least 1 Adult is in work and at least 1 Adult is trained”: one adult who is both, or two who are one "
        "each? Two readers pay differently.",
        "member Adult of a Client, read from Area of Referral\n"
        "outcome Work of a Client, once, when all of: (a) for at least 1 Adult: Job Start occurs; and "
        "(b) for at least 1 Adult: Review occurs",
        "member Adult of a Client, read from Area of Referral\n"
        "outcome Work of a Client, once, when for at least 1 Adult: all of: "
        "(i) Job Start occurs; and (ii) Review occurs",
    ),
)
