"""What is said of the contract as a whole, and how the rest is to be read."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.prose.english import changes, values
from outcomelang.prose.english.grammar import listing
from outcomelang.prose.language import Topic
from outcomelang.prose.points import Clause, Point

NOTICE = (
    "This text explains a contract in plain English. It is made from the contract by a program. "
    "It is not the agreement and forms no part of it; where the two differ, the agreement prevails."
)
HEADINGS = {
    Topic.AGREEMENT: "The agreement",
    Topic.READING: "How to read it",
    Topic.PARTIES: "The parties",
    Topic.PEOPLE: "Who takes part",
    Topic.GROUPS: "Groups",
    Topic.PERIODS: "Periods",
    Topic.EVENTS: "What is recorded, and how it is verified",
    Topic.STATES: "States",
    Topic.NUMBERS: "Calculated numbers",
    Topic.TABLES: "Tables",
    Topic.OUTCOMES: "Outcomes",
    Topic.PLANS: "Plans",
    Topic.PAYMENTS: "Payments",
    Topic.REPAYMENTS: "Repayments",
    Topic.CALCULATION: "Limits, rounding and the order of calculation",
    Topic.ACCOUNT: "The account",
    Topic.WORTH: "Set apart: what things cost and are worth",
    Topic.RISKS: "Set apart: accepted risks",
    Topic.ASSUMPTIONS: "Set apart: what is assumed",
    Topic.EXAMPLES: "Set apart: worked examples",
}


def said(topic: Topic, contract: ir.Contract) -> tuple[Clause, ...]:
    if topic is Topic.AGREEMENT:
        return agreement(contract)
    if topic is Topic.READING:
        return READING
    if topic is Topic.PERIODS and contract.holidays:
        return (holidays(contract),)
    if topic is Topic.OUTCOMES and contract.outcomes:
        return (ACHIEVED,)
    if topic is Topic.CALCULATION and contract.stages:
        return (ORDER,)
    if topic is Topic.ACCOUNT:
        return account(contract)
    if topic is Topic.WORTH and (contract.costs or contract.benefits):
        return (Clause("No effect on payments", (Point("Nothing in this part changes what is paid."),)),)
    if topic is Topic.ASSUMPTIONS and contract.assumptions:
        return (ASSUMED,)
    if topic is Topic.EXAMPLES and contract.examples:
        return (
            Clause("What they show", (Point("The contract carries these examples, whose amounts it states itself."),)),
        )
    return ()


def agreement(contract: ir.Contract) -> tuple[Clause, ...]:
    made = [Clause("Title", (Point(f"This is the contract {values.quoted(contract.title)}."),))]
    if contract.purpose:
        made.append(
            Clause(
                "Purpose", (Point(values.stopped(contract.purpose)), Point("No amount is calculated from the purpose."))
            )
        )
    first, last = contract.first_day, contract.last_day
    if first and last:
        term = f"The term runs from {values.dated(first)} up to and including {values.dated(last)}."
        made.append(Clause("Term", (Point(term),)))
    elif first or last:
        ends = [f"begins on {values.dated(first)}"] if first else []
        ends += [f"ends on {values.dated(last)}"] if last else []
        made.append(Clause("Term", (Point(f"The term {values.listed(ends)}."),)))
    if contract.last_claim:
        until = f"Claims may be made up to and including {values.dated(contract.last_claim)}."
        made.append(Clause("Claims", (Point(until), Point("That is the day of the final account."))))
    currency = f"All amounts are in {contract.currency}. The smallest unit is {values.amount(1, contract)}."
    made.append(Clause("Currency", (Point(currency),)))
    if contract.value is not None:
        made.append(
            Clause("Value", (Point(f"The value of the contract is {values.amount(contract.value, contract)}."),))
        )
    return (*made, *changes.clauses(contract))


READING = (
    Clause(
        "Days",
        (
            Point("A day is a calendar day; times of day do not matter. A week is seven days."),
            Point(
                "The corresponding date some months after a day is the day of that number in the later month. "
                "Where that month is too short, it is the last day of that month."
            ),
            Point("Months are counted from the first day at once, never one after another."),
            Point("Where days are given “from” one “up to and including” another, both days are included."),
            Point("Where a day to count from never comes, there are no such days."),
        ),
    ),
    Clause(
        "Records and the log",
        (
            Point("A record is a dated entry in the log that the parties keep. What was not observed is not assumed."),
            Point("The day of joining is the day of the record by which a person joins."),
            Point("An achievement is an outcome that somebody, or the contract as a whole, has achieved on a day."),
        ),
    ),
    Clause(
        "Numbers",
        (
            Point(
                "A sum over no records, and a share of nobody, have no value; nothing is met or paid because of them."
            ),
            Point(
                "A long part of a sentence may stand under a name such as “Value A”, which the same clause explains."
            ),
        ),
    ),
)

ACHIEVED = Clause(
    "The day of achievement",
    (
        Point(
            "An outcome is achieved on the day on which all that it asks for holds:",
            (
                Point("where it asks for a record, on the day of the first such record;"),
                Point("where it asks for a length of time, on the day that completes it;"),
                Point("where it asks that there is no record, on the last day of the time concerned; and"),
                Point("where it compares numbers that may still change, on the last day that they cover."),
            ),
        ),
    ),
)

ORDER = Clause(
    "Order",
    (
        Point("The following steps are applied to what is earned, one after the other, in the order of their numbers."),
        Point("Claims of equal rank are met by date, then in the order of the clauses, then by person."),
    ),
)

ASSUMED = Clause(
    "No effect on payments",
    (
        Point("Nothing in this part changes what is paid."),
        Point("Whoever weighs what the contract can come to may rely on it."),
    ),
)


def holidays(contract: ir.Contract) -> Clause:
    lead = "A working day is any day from Monday to Friday other than these"
    return Clause("Working days", (listing(lead, (Point(values.dated(day)) for day in contract.holidays)),))


def account(contract: ir.Contract) -> tuple[Clause, ...]:
    made = [
        Point("A payment for an outcome or a record is earned on the day of that outcome or record."),
        Point("A payment for a person is earned on the day of joining, and a single sum on the first day of the term."),
        Point("A payment for a period is earned on its last day, and one for a number on the last day it covers."),
        Point("A claim is made on the day on which the last fact it rests on became known."),
    ]
    return (Clause("When payments are earned", tuple(made)),) if contract.flows else ()
