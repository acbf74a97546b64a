"""Drafts and stages made up at random: the account by sets against the account one draft after the other.

Few people, days and amounts, so that ties, limits that are met exactly, and amounts one penny off come often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve, frozen

from outcomelang.compiler import compile_path
from outcomelang.core import ir
from outcomelang.evaluation.ledger import Ledger
from outcomelang.relational.account.ledger import accounted
from outcomelang.relational.engines import Engine
from outcomelang.relational.fold import Drawn, Known, fold
from outcomelang.relational.relations import DRAFTS, Column, Type
from outcomelang.relational.stage_needs import labels_read, refused_stages
from outcomelang.tree import evolve as changed

FLOWS = ("Start Fee", "Move Fee", "Area Fee", "Effort Fee", "Cost Fee", "Core Fee", "Back", "Return Fee")
PAID = FLOWS[:6]
THINGS = ("Start Fee", "Move Fee", "Area Fee", "Cost Fee")
BEGINS = date(2025, 4, 1)
DAYS = [BEGINS + timedelta(days=number) for number in (0, 1, 30, 60, 90, 91, 120, 121, 400, 640, 700)]
AS_OF = (None, date(2026, 1, 31))
RELEASES = (date(2025, 8, 1), date(2026, 6, 30), date.max)


@cache
def base() -> ir.Contract:
    return compile_path(Path(__file__).with_name("made.outcome")).core


@frozen
class Made:
    contract: ir.Contract
    known: Known
    columns: tuple[Column, ...]
    drafts: tuple[tuple[Any, ...], ...]
    endings: dict[str, date]


def made(random: Random) -> Made:
    """A contract with stages at random, and drafts for it."""
    contract = changed(base(), stages=tuple(_stages(random)))
    contract = _withheld(random, contract)
    if random.random() < 0.7:
        contract = _fixed(random, contract)
    columns = (*DRAFTS, *(Column(f"label_{at}", Type.TEXT, nullable=True) for at in labels_read(contract)))
    people = [_person(random, number) for number in range(random.randint(1, 5))]
    negative = random.random() < 0.05
    drafts = _each_once(_draft(random, contract, people, number, negative) for number in range(random.randint(0, 25)))
    endings = {"Ending": random.choice(DAYS)} if random.random() < 0.5 else {}
    known = Known((), date(2027, 3, 31).toordinal(), date(2027, 3, 31).toordinal(), random.choice(AS_OF))
    return Made(contract, known, columns, tuple(drafts), endings)


# ---------------------------------------------------------------- stages


def _stages(random: Random) -> list[ir.Stage]:
    """In the order of calculation."""
    mode, to = random.choice(("half up", "half even", "down", "up")), random.choice((1, 1, 1, 100))
    found: list[ir.Stage] = []
    if random.random() < 0.3:
        found.append(ir.FallAway("Ending", random.choice(DAYS), _some(random, FLOWS), "the Ending"))
    found += [_count_limit(random, number) for number in range(random.choice((0, 0, 1, 1, 2, 3)))]
    if random.random() < 0.25:
        found.append(ir.Replace(*_one_and_others(random)))
    if random.random() < 0.25:
        one, others = _one_and_others(random)
        found.append(ir.SetOff(one, others[0]))
    found.append(ir.RoundEach(mode, to))
    found += [_money_limit(random, number, None) for number in range(random.choice((0, 0, 1, 1, 2)))]
    found.append(ir.ShareOut())
    if random.random() < 0.4:
        found.append(_money_limit(random, 5, random.choice(("Council", "Fund"))))
    found += [_money_limit(random, 6 + number, None) for number in range(random.choice((0, 1, 1, 2)))]
    if random.random() < 0.25:
        found.append(_share_limit(random))
    found.append(ir.Withhold())
    if random.random() < 0.8:
        found.append(ir.Repay())
    return found


def _some(random: Random, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if random.random() < 0.4) or (random.choice(names),)


def _one_and_others(random: Random) -> tuple[str, tuple[str, ...]]:
    one = random.choice(PAID)
    return one, _some(random, [name for name in PAID if name != one])


def _whose(random: Random) -> tuple[ir.Subject | None, str | None]:
    per = random.choice((None, None, ir.PerPerson("Client"), ir.PerGroup("Area")))
    return per, random.choice((None, "Quarter"))


def _number(value: int) -> ir.Const:
    return ir.Const(Fraction(value), ir.Unit.NUMBER)


def _covered(random: Random, flows: Sequence[str]) -> tuple[ir.Covered, ...]:
    if random.random() < 0.8:
        return ()
    tests = (ir.InGroup("Area", ("North",)),) if random.random() < 0.5 else ()
    edge = ir.Edge(random.choice((ir.Fixed(random.choice(DAYS)), ir.Joining())), random.choice((0, 3)), 0)
    window = random.choice((None, ir.Window(edge, None), ir.Window(None, edge)))
    return (ir.Covered(tuple(flows), tests, window),)


def _count_limit(random: Random, number: int) -> ir.CountLimit:
    per, calendar = _whose(random)
    flows = _some(random, THINGS) if random.random() < 0.95 else _some(random, PAID)
    return ir.CountLimit(
        flows=flows,
        most=_number(random.choice((0, 1, 1, 2, 3, 5))),
        per=per,
        calendar=calendar,
        tests=(ir.InGroup("Area", ("South",)),) if random.random() < 0.1 else (),
        by_claim_date=random.random() < 0.2,
        covered=_covered(random, flows),
        title=f"limit {number}",
        excess=(excess := random.choice((ir.Excess_.NOT_PAID,) * 5 + (ir.Excess_.PAID_BY,))),
        excess_to="Council" if excess is ir.Excess_.PAID_BY else None,
    )


def _money_limit(random: Random, number: int, payer: str | None) -> ir.MoneyLimit:
    per, calendar = _whose(random)
    flows = () if random.random() < 0.5 else _some(random, PAID)
    orders = {ir.Order.EARLIEST: 12, ir.Order.IN_ORDER: 6, ir.Order.PROPORTION: 4, ir.Order.FROM_TOTAL: 1}
    order = random.choices([*orders], [*orders.values()])[0]
    excesses = {ir.Excess_.NOT_PAID: 16, ir.Excess_.PAID_BY: 5, ir.Excess_.CARRIED: 1}
    excess = random.choices([*excesses], [*excesses.values()])[0]
    if excess is ir.Excess_.CARRIED and (calendar is None or order is ir.Order.FROM_TOTAL):
        excess = ir.Excess_.NOT_PAID
    return ir.MoneyLimit(
        flows=flows,
        most=ir.Const(Fraction(random.choice((0, 1, 99, 100, 101, 500, 1000, 10_001, 30_000))), ir.Unit.MONEY),
        per=per,
        calendar=calendar,
        by_claim_date=random.random() < 0.2,
        order=order,
        names=_some(random, (*PAID, "Charity")) if order is ir.Order.IN_ORDER else (),
        excess=excess,
        excess_to="Fund" if excess is ir.Excess_.PAID_BY else None,
        payer=payer,
        title=f"limit of money {number}",
        covered=_covered(random, flows) if flows else (),
    )


def _share_limit(random: Random) -> ir.MoneyLimit:
    per, calendar = _whose(random)
    one, others = _one_and_others(random)
    if random.random() < 0.4:
        one = random.choice(("Back", "Return Fee"))
    share = ir.Const(random.choice((Fraction(1), Fraction(1, 3), Fraction(3, 5))), ir.Unit.PERCENTAGE)
    limit = _money_limit(random, 9, None)
    return changed(limit, flows=(one,), most=share, per=per, calendar=calendar, share_of=others, covered=())


_THIRD = ir.Arith("/", _number(1), _number(3), ir.Unit.MONEY)
"""An amount that may come to fractions of a penny."""


def _withheld(random: Random, contract: ir.Contract) -> ir.Contract:
    """Some payments are kept back for a time, some come to fractions of a penny."""
    flows = [
        changed(flow, withheld=ir.Withheld(ir.Fixed(RELEASES[0]), f"withheld: {flow.name}"))
        if random.random() < 0.2
        else flow
        for flow in contract.flows
    ]
    flows = [changed(flow, amount=_THIRD) if random.random() < 0.3 else flow for flow in flows]
    return changed(contract, flows=tuple(flows))


def _fixed(random: Random, contract: ir.Contract) -> ir.Contract:
    """One payment by another party, one repayment without a bound."""
    flows = list(contract.flows)
    if random.random() < 0.5:
        flows[0] = changed(flows[0], payer=random.choice((ir.Jointly("Both"), ir.NamedParty("Fund"))))
    if random.random() < 0.1:
        flows[7] = changed(flows[7], up_to_paid=False)
    return changed(contract, flows=tuple(flows))


# ---------------------------------------------------------------- drafts


@frozen
class Person:
    participant: str
    episode: int
    joined: date
    area: str | None
    payer: str | None

    @property
    def title(self) -> str:
        return self.participant if self.episode == 1 else f"{self.participant} ({self.episode})"


def _person(random: Random, number: int) -> Person:
    payer = random.choice(("Council", "Fund")) if random.random() < 0.995 else None
    area = random.choice(("North", "South", None))
    return Person(f"P{number // 2}", 1 + number % 2, random.choice(DAYS[:4]), area, payer)


def _each_once(drafts: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """No two are for the same unit of the same subject."""
    at = [place for place, column in enumerate(DRAFTS) if column.name in ("flow", "label", "period", "sequence", "row")]
    return list({tuple(draft[place] for place in at): draft for draft in drafts}.values())


def _draft(
    random: Random, contract: ir.Contract, people: Sequence[Person], number: int, negative: bool
) -> tuple[Any, ...]:
    place = random.randrange(len(FLOWS))
    flow, day, person = contract.flows[place], random.choice(DAYS), random.choice(people)
    units, price = Fraction(1), Fraction(random.choice((0, 1, 50, 99, 100, 333, 1000, 10_001)))
    sequence, tie, kind = 1, f"r{number:02}", "person"
    if flow.amount == _THIRD and random.random() < 0.5:
        price /= random.choice((2, 3, 7))
    if negative and random.random() < 0.3:
        price = -price
    calendar, period = None, None
    match FLOWS[place]:
        case "Start Fee" if random.random() < 0.3:
            kind, calendar, period = "period", "Quarter", random.choice((1, 2, 3))
            tie = random.choice(("", tie, "same"))
        case "Move Fee" | "Area Fee" | "Back" | "Return Fee":
            sequence = random.choice((1, 1, 2, 3))
        case "Effort Fee":
            kind, units, tie = "group", Fraction(random.randint(1, 9), random.choice((1, 2, 3))), ""
        case "Cost Fee":
            kind = "row"
        case "Core Fee":
            kind, units, sequence, tie = "whole", Fraction(1, 3), random.choice((1, 2, 3)), ""
    row = {"day": DAYS[0] if tie == "same" else day, "id": tie, "file": 0, "line": 1 if tie == "same" else number + 2}
    values: dict[str, Any] = {
        "flow": place,
        "kind": kind,
        "outcome": "",
        "day": day,
        "sequence": sequence,
        "tie": tie,
        "verified": None,
        "due": None,
        "released": random.choice(RELEASES) if flow.withheld is not None else None,
        "claimed": max(day, random.choice(DAYS)) if tie else day,
        "rows": [row] if tie else [],
        "row": tie if kind == "row" else None,
        "label": "",
        "calendar": calendar,
        "period": period,
    }
    values["units_n"], values["units_d"] = units.as_integer_ratio()
    values["price_n"], values["price_d"] = price.as_integer_ratio()
    if kind in ("person", "period", "row"):
        values |= {
            "label": person.title,
            "participant": person.participant,
            "population": "Client",
            "episode": person.episode,
            "joined": person.joined,
            "joined_by": f"j{person.title}",
        }
        for at in labels_read(contract):
            values[f"label_{at}"] = {"Area": person.area, "Payer": person.payer}[contract.partitions[at].name]
    if kind == "group":
        label = random.choice(("North", "South"))
        values |= {"label": label, "partition": "Area", "group": label}
    names = [*(each.name for each in DRAFTS), *(f"label_{at}" for at in labels_read(contract))]
    return tuple(values.get(name) for name in names)


# ---------------------------------------------------------------- both accounts


def by_fold(of: Made) -> Ledger:
    columns = [column.name for column in of.columns]
    return fold(of.contract, of.known, Drawn(columns, [of.drafts], (), (), of.endings))


def differs(of: Made, engine: Engine, given: Any) -> str | None:
    """What differs, if anything, and why the fold was taken ("" by sets)."""
    given(of.columns, of.drafts, of.endings)
    wanted, found = by_fold(of), accounted(of.contract, of.known, engine)
    if found.ledger == wanted:
        FOLDED[found.folded or ""] += 1
        return None
    for name in ("total", "lines", "entries", "reports", "pending"):
        if getattr(found.ledger, name) != getattr(wanted, name):
            return name
    return "the account"


__all__ = ["accounted", "by_fold", "differs", "made", "refused_stages", "shrunk"]

FOLDED: Counter[str] = Counter()
"""How many accounts were made by sets (""), and why the others were not."""


def shrunk(of: Made, engine: Engine, given: Any) -> Made:
    """With as few stages and drafts as still differ."""
    smaller = True
    while smaller:
        smaller = False
        for each in (*_fewer_stages(of), *_fewer_drafts(of)):
            if differs(each, engine, given) is not None:
                of, smaller = each, True
                break
    return of


def _fewer_stages(of: Made) -> list[Made]:
    stages = of.contract.stages
    rounding = [type(stage) in (ir.RoundEach, ir.ShareOut) for stage in stages]
    kept = [stages[:at] + stages[at + 1 :] for at in range(len(stages)) if not rounding[at]]
    return [evolve(of, contract=changed(of.contract, stages=some)) for some in kept]


def _fewer_drafts(of: Made) -> list[Made]:
    return [evolve(of, drafts=of.drafts[:at] + of.drafts[at + 1 :]) for at in range(len(of.drafts))]
