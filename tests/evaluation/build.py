"""Small contracts and logs for tests of the evaluator, built by hand from the classes of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog, Row, Value, Verdict
from outcomelang.evaluation.ledger import Ledger
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account, evaluate
from outcomelang.evaluation.verdict import Result

MORE, FEWER = ir.Polarity.MORE, ir.Polarity.FEWER
PERSON = ir.PerPerson("Person")
EMPTY: dict[str, tuple[()]] = dict.fromkeys(
    ["joint_parties", "members", "partitions", "calendars", "measures", "tables", "outcomes", "flows", "stages"], ()
)


def day(text: str) -> int:
    """A day number from 2015-02-28."""
    return date.fromisoformat(text).toordinal()


def event(name: str, polarity: ir.Polarity = MORE, **more: Any) -> ir.Event:
    return ir.Event(name, "outcome", polarity, ("Provider", "Buyer"), **more)


JOIN, WORK, LEAVE = event("Join"), event("Work"), event("Leave", FEWER)
ARREST = event("Arrest", FEWER)
VISIT = event("Visit", attributes=(ir.AttributeSpec("Fee", ir.Unit.MONEY), ir.AttributeSpec("Kind", ir.Unit.LABEL)))
JOB = ir.State("Job", ir.Spells("Work", "Leave", True), MORE)


def population(name: str = "Person", **more: Any) -> ir.Population:
    ways = more.pop("ways", (ir.Way(ir.Select(ir.Rows("Join")), first=False),))
    return ir.Population(name, name + "s", ways, more.pop("once", True), **more)


def contract(**parts: Any) -> ir.Contract:
    """A contract of 2010 to 2019 with one kind of participant, claims until the end of 2020 and four events."""
    plain: dict[str, Any] = {
        "title": "Test",
        "currency": "GBP",
        "minor_digits": 2,
        "first_day": date(2010, 1, 1),
        "last_day": date(2019, 12, 31),
        "last_claim": date(2020, 12, 31),
        "value": None,
        "parties": tuple(map(party, ("Buyer", "Second Buyer", "Provider", "Verifier"))),
        "populations": (population(),),
        "events": (JOIN, WORK, LEAVE, ARREST, VISIT),
        **EMPTY,
        "states": (JOB,),
    }
    return ir.Contract(**(plain | parts))


def party(name: str) -> ir.Party:
    return ir.Party(name, "party")


def pounds(amount: int | Fraction) -> ir.Const:
    return ir.Const(Fraction(amount) * 100, ir.Unit.MONEY)


def number(value: int | Fraction) -> ir.Const:
    return ir.Const(Fraction(value), ir.Unit.NUMBER)


def days(value: int) -> ir.Const:
    return ir.Const(Fraction(value), ir.Unit.DAYS)


def months(value: int) -> ir.Const:
    return ir.Const(Fraction(value), ir.Unit.MONTHS)


def percent(value: int | Fraction) -> ir.Const:
    return ir.Const(Fraction(value) / 100, ir.Unit.PERCENTAGE)


def rows(name: str, *tests: ir.Test, window: ir.Window | None = None, among: str | None = None) -> ir.Select:
    return ir.Select(ir.Rows(name), tests, window, among)


def people(*tests: ir.Test, window: ir.Window | None = None, among: str | None = None) -> ir.Select:
    return ir.Select(ir.People("Person"), tests, window, among)


def within(anchor: ir.Anchor, in_months: int = 0, in_days: int = 0) -> ir.Window:
    """`within N of D`."""
    return ir.Window(ir.Edge(anchor), ir.Edge(anchor, in_months, in_days))


def following(anchor: ir.Anchor, in_months: int = 0, in_days: int = 0) -> ir.Window:
    """`in the N after D`."""
    return ir.Window(ir.Edge(anchor, 0, 1), ir.Edge(anchor, in_months, in_days))


def beginning(anchor: ir.Anchor, in_months: int = 0, in_days: int = 0) -> ir.Window:
    """`in the N beginning with D`."""
    return ir.Window(ir.Edge(anchor), ir.Edge(anchor, in_months, in_days - 1))


def between(first: str, last: str) -> ir.Window:
    """`between A and B`."""
    return ir.Window(ir.Edge(ir.Fixed(date.fromisoformat(first))), ir.Edge(ir.Fixed(date.fromisoformat(last))))


def outcome(name: str, when: ir.Condition, **more: Any) -> ir.Outcome:
    return ir.Outcome(name, more.pop("subject", PERSON), when, **more)


def visited(name: str = "Visited", **more: Any) -> ir.Outcome:
    """An outcome of every visit of a person, or as the keywords say."""
    return outcome(name, ir.Happens(rows("Visit", *more.pop("tests", ()))), **({"each_time": True} | more))


def reaches(target: ir.Quantity, mode: str = "in total", **more: Any) -> ir.Reaches:
    return ir.Reaches(more.pop("state", "Job"), target, mode, **more)


def flow(name: str, amount: ir.Quantity, driver: ir.Driver | None = None, **more: Any) -> ir.Flow:
    """Buyer pays Provider `amount` for each outcome of that name, or as the keywords say."""
    made = ir.Flow(
        name=name,
        card=name,
        repays=False,
        payer=ir.NamedParty("Buyer"),
        payee=ir.NamedParty("Provider"),
        amount=amount,
        subject=ir.Whole(),
        driver=driver or ir.EachAchievement(name),
    )
    return evolve(made, **more)


def money_limit(*flows: str, most: ir.Quantity, **more: Any) -> ir.MoneyLimit:
    plain: dict[str, Any] = {
        "per": None,
        "calendar": None,
        "by_claim_date": False,
        "order": ir.Order.EARLIEST,
        "names": (),
        "excess": ir.Excess_.NOT_PAID,
        "title": "the limit",
    }
    return ir.MoneyLimit(flows, most, **(plain | more))


def row(row_id: str, participant: str, name: str, when: str | int, source: str = "Provider", **more: Any) -> Row:
    """A row. `recorded` is a day; other keywords are attributes."""
    on = day(when) if isinstance(when, str) else when
    recorded = more.pop("recorded", on)
    known = day(recorded) if isinstance(recorded, str) else recorded
    counts = more.pop("counts", True)
    attributes: Mapping[str, Value] = {key.replace("_", " "): value for key, value in more.items()}
    return Row(on, row_id, known, participant, name, source, attributes, 0, 0, counts)


def verdict(verdict_id: str, target: str, when: str, verified: bool = True, **more: Any) -> Verdict:
    on = day(when)
    recorded = day(more.pop("recorded", when))
    return Verdict(on, verdict_id, recorded, target, verified, "Verifier", 0, 0, more.pop("counts", True))


def log(found: Iterable[Row], verdicts: Iterable[Verdict] = ()) -> EventLog:
    """A log in the total order, as reading makes it."""
    ordered, weighed = sorted(found, key=lambda r: r[:3]), sorted(verdicts)
    everything = [*ordered, *weighed]
    last = max((max(r.day, r.recorded) for r in everything), default=0)
    return EventLog(("log.csv",), ordered, weighed, last, (), len({r.id for r in everything}) < len(everything))


def account(made: ir.Contract, events: EventLog | Iterable[Row], as_of: str | None = None) -> Ledger:
    events = events if isinstance(events, EventLog) else log(events)
    return evaluate(made, events, date.fromisoformat(as_of) if as_of else None)


def lines(ledger: Ledger) -> dict[str, int]:
    """Whole pounds and pence by line, in pence; payers are told apart where there are several."""
    payers = {line.payer for line in ledger.lines}
    return {line.payment if len(payers) < 2 else f"{line.payment}, {line.payer}": line.amount for line in ledger.lines}


def meaning(made: ir.Contract, events: EventLog | Iterable[Row], as_of: str | None = None) -> Meaning:
    events = events if isinstance(events, EventLog) else log(events)
    return Account(made, events, date.fromisoformat(as_of) if as_of else None).prepare()


def result(made: ir.Contract, events: EventLog | Iterable[Row], name: str, as_of: str | None = None) -> Result:
    """The result of an outcome for the only instance of its subject."""
    m = meaning(made, events, as_of)
    (scope,) = m.world.instances(m.outcomes[name].subject)
    return m.outcome(name)(scope)


def said(found: Result) -> str:
    """A result in words: `achieved on 2015-01-01, 2015-02-01`, `open until 2016-01-01`, `failed on …`."""
    if found.achievements:
        return "achieved on " + ", ".join(date.fromordinal(a.day).isoformat() for a in found.achievements)
    on = found.verdict.day
    word = "until" if found.verdict.standing.value == "open" else "on"
    return f"{found.verdict.standing.value} {word} {date.fromordinal(on).isoformat() if on else 'an unknown day'}"
