"""The lines of the statement, added up where the drafts are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.ledger import Line
from outcomelang.evaluation.lines import LAST
from outcomelang.relational import primitives as p
from outcomelang.relational.account.coming_under import periods
from outcomelang.relational.account.parties import label_of
from outcomelang.relational.account.state import State
from outcomelang.relational.account.words import alias, both, column, known, left_join, when
from outcomelang.relational.primitives import E, whole, whole_sum
from outcomelang.relational.trees import select

KEYS = ("line", "flow", "label", "payer", "payee")


def sums(state: State) -> list[exp.Query]:
    """Partial sums of the lines, by denominators: count, amount, how many entries. Of what is paid in parts units
    count once."""
    flows = state.contract.flows
    parted = [place for place, flow in enumerate(flows) if flow.instalments is not None]
    single = [place for place, flow in enumerate(flows) if flow.instalments is None]
    found = []
    if single:
        found.append(_summed(state, state.is_flow(single), counted=True))
    if parted:
        found.append(_summed(state, state.is_flow(parted), counted=False))
        found.append(_begun(state, state.is_flow(parted)))
    return found


def _summed(state: State, where: E, counted: bool) -> exp.Query:
    each = _labelled(state, where, ("counted_n", "counted_d", "amount_n", "amount_d"))
    one = column("counted_d", "each") if counted else whole(1)
    own = whole(1) if state.whole else column("amount_d", "each")
    values = {
        "count_n": whole_sum(column("counted_n", "each")) if counted else whole(0),
        "count_d": one,
        "amount_n": whole_sum(column("amount_n", "each")),
        "amount_d": own,
        "entries": exp.Count(this=exp.Star()),
    }
    return _grouped(state, each, values, [by for by in (one, own) if isinstance(by, exp.Column)])


def _grouped(state: State, each: exp.Select, values: dict[str, E], others: Sequence[E]) -> exp.Query:
    """By the keys of a line; what the payment alone says is written down, and nobody sorts by it."""
    keys = {name: column(name, "each") for name in KEYS}
    if all(flow.shown_by is None for flow in state.contract.flows):
        keys["label"] = p.cast(exp.null(), "text")
    if state.sides is not None:  # the payment says them, and its line
        keys |= {"payer": p.cast(exp.null(), "text"), "payee": p.cast(exp.null(), "text")}
        keys["line"] = exp.Min(this=keys["line"])
    by = [*(key for key in keys.values() if isinstance(key, exp.Column)), *others]
    return (
        select(*(alias(value, name) for name, value in (keys | values).items()))
        .from_(each.subquery(exp.to_identifier("each", quoted=True)))
        .group_by(*by)
    )


_OF_UNIT = ("kind", "participant", "population", "episode", "partition", "group", "calendar", "period", "member",
            "row", "outcome")  # fmt: skip


def _begun(state: State, where: E) -> exp.Query:
    """How many units have a part that counts."""
    counts = exp.NEQ(this=state.col("counted_n"), expression=whole(0))
    each = _labelled(state, both(where, counts), _OF_UNIT).distinct()
    values: dict[str, E] = {
        "count_n": exp.Count(this=exp.Star()),
        "count_d": whole(1),
        "amount_n": whole(0),
        "amount_d": whole(1),
        "entries": whole(0),
    }
    return _grouped(state, each, values, [])


def _labelled(state: State, where: E, others: Sequence[str]) -> exp.Select:
    """Drafts with the label that their line is shown by."""
    query = select(
        *(state.col(name) for name in ("line", "flow", "payer", "payee", *others)),
    ).from_(state.source())
    if where != exp.true():
        query = query.where(where)
    labels: list[E] = []
    for place, flow in enumerate(state.contract.flows):
        match flow.shown_by:
            case None:
                labels.append(p.cast(exp.null(), "text"))
            case ir.KeyByGroup(partition=partition):
                labels.append(label_of(state, partition))
            case ir.KeyByPeriod(calendar=calendar):
                query, number = _period(state, query, calendar, place)
                labels.append(number)
    return query.select(alias(state.by_flow(labels), "label"))


def _period(state: State, query: exp.Select, calendar: str, place: int) -> tuple[exp.Select, E]:
    called = f"periods {place}"
    found = periods(state, calendar, called)
    day = exp.Between(this=state.col("day"), low=column("first", called), high=column("last", called))
    query.append("joins", left_join(found, both(state.is_flow([place]), day)))
    own = exp.EQ(this=state.col("calendar"), expression=p.text(calendar))
    number = when(both(known(state.col("calendar")), own), state.col("period"), column("period", called))
    said = exp.DPipe(this=p.text(f"{calendar} "), expression=p.cast(number, "text"), safe=False)
    return query, when(known(number), said, p.cast(exp.null(), "text"))


def lines(state: State, records: Iterable[Sequence[Any]]) -> tuple[Line, ...]:
    """The lines of partial sums, in the order of the reference."""
    contract = state.contract
    found: dict[tuple[int, str, str, str], list[Fraction]] = {}
    places: dict[tuple[int, str, str, str], int] = {}
    for line, place, label, payer, payee, count_n, count_d, amount_n, amount_d in records:
        flow = contract.flows[place]
        sides = (payer, payee) if state.sides is None else state.sides[place]
        key = line, flow.name if label is None else f"{flow.name}, {label}", *sides
        sums = found.setdefault(key, [Fraction(0), Fraction(0)])
        sums[0] += Fraction(int(count_n), int(count_d))
        sums[1] += Fraction(int(amount_n), int(amount_d)) * (-1 if flow.repays else 1)
        places[key] = _place(contract, flow, label)
    parties = {party.name: position for position, party in enumerate(contract.parties)}
    order = sorted(found, key=lambda k: (k[0], parties.get(k[2], 0), parties.get(k[3], 0), places[k]))
    return tuple(Line(key[1], key[2], key[3], found[key][0], _whole(found[key][1])) for key in order)


def _place(contract: ir.Contract, flow: ir.Flow, label: str | None) -> int:
    match flow.shown_by:
        case ir.KeyByGroup(partition=name):
            labels = [row.label for each in contract.partitions if each.name == name for row in each.rows]
            return len(labels) if label is None else labels.index(label)
        case ir.KeyByPeriod() if label is not None:
            return int(label.rpartition(" ")[2])
        case _:
            return LAST


def _whole(amount: Fraction) -> int:
    assert amount.denominator == 1, "a contract in which fractions of a penny arise declares how to round"
    return amount.numerator
