"""Entries as a relation: the columns of `evaluation.ledger.Entry`, to be written without passing through Python.

Exact numbers are pairs, as everywhere in the plan; what a stage took is a list of (by, clause, taken).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.entry_ids import EntryIds
from outcomelang.relational import primitives as p
from outcomelang.relational.account.state import State
from outcomelang.relational.account.words import alias, both, doubled, known, when
from outcomelang.relational.cuts import Cuts
from outcomelang.relational.primitives import E, text, times, whole

_EMPTY = text("")


def entries(state: State) -> exp.Select:
    """Every entry, in no order."""
    flows = state.contract.flows
    repays = state.is_flow([place for place, flow in enumerate(flows) if flow.repays])
    sign = when(repays, whole(-1), whole(1))
    fields: dict[str, E] = {
        "id": _id(state),
        "payment": state.by_flow([text(flow.name) for flow in flows]),
        "card": state.by_flow([text(flow.card) for flow in flows]),
        "clause": state.by_flow([text(flow.origin.clause) for flow in flows]),
        "payer": state.col("payer"),
        "payee": state.col("payee"),
        "participant": p.coalesced(_participant(state), _EMPTY),
        "subject": state.col("label"),
        "period": p.coalesced(_period(state), _EMPTY),
        "day": state.col("day"),
        "sequence": state.col("sequence"),
        **_pair(state, "units"),
        **_pair(state, "counted"),
        **_pair(state, "price"),
        "earned_n": times(times(state.col("units_n"), state.col("price_n")), sign),
        "earned_d": times(state.col("units_d"), state.col("price_d")),
        **({"cuts": _cuts(state, sign)} if state.cuts else {}),
        **_pair(state, "rounding", sign),
        **_pair(state, "amount", sign),
        "verified": state.col("verified"),
        "due": state.col("due"),
        "rows": state.col("rows"),
    }
    return exp.select(*(alias(value, name) for name, value in fields.items())).from_(state.source())


def _pair(state: State, name: str, sign: E | None = None) -> dict[str, E]:
    n = state.col(f"{name}_n")
    return {f"{name}_n": n if sign is None else times(n, sign), f"{name}_d": state.col(f"{name}_d")}


def _cuts(state: State, sign: E) -> E:
    """What each stage took, in their order, where it took anything."""
    return p.Known(this=exp.array(*(_cut(state, cut, sign) for cut in state.cuts)))


def _cut(state: State, cut: Cuts, sign: E) -> E:
    said = p.structure(
        by=state.by_flow([text(by) for by, _ in cut.said]),
        clause=state.by_flow([text(clause) for _, clause in cut.said]),
        taken_n=times(state.col(f"{cut.name}_n"), sign),
        taken_d=state.col(f"{cut.name}_d"),
    )
    took = exp.NEQ(this=state.col(f"{cut.name}_n"), expression=whole(0))
    return exp.Case(ifs=[exp.If(this=took, true=said)])


# ---------------------------------------------------------------- ids, as `evaluation.entry_ids` makes them


def _id(state: State) -> E:
    ids = EntryIds(state.contract)
    flows = state.contract.flows
    lines: dict[str, int] = {}
    names = [ids.payment(lines.setdefault(flow.name, place)) for place, flow in enumerate(flows)]
    parts = [
        state.by_flow([text(name) for name in names]),
        *(_escaped(part) for part in (*_subject(state, ids), state.col("outcome"), _unit(state, ids))),
        *(when(_parties_said(state), _escaped(state.col(side)), exp.null()) for side in ("payer", "payee")),
        exp.Nullif(this=state.col("part"), expression=_EMPTY),
    ]
    return exp.Anonymous(this="CONCAT_WS", expressions=[text(" / "), *parts])  # what is not known is left out


def _escaped(part: E) -> E:
    """A stroke inside a part is doubled; an empty part is left out."""
    return exp.Nullif(this=doubled(part), expression=_EMPTY)


def _is(state: State, kind: str) -> E:
    return exp.EQ(this=state.col("kind"), expression=text(kind))


def _participant(state: State) -> E:
    """Whose entry it is; of a row of nobody who joined, the name that stands there."""
    return p.coalesced(state.col("participant"), when(_is(state, "row"), state.col("label"), exp.null()))


def _period(state: State) -> E:
    said = exp.Concat(expressions=[state.col("calendar"), text(" "), p.cast(state.col("period"), "text")])
    return when(_is(state, "period"), said, exp.null())


def _subject(state: State, ids: EntryIds) -> Iterable[E]:
    """Who, then which participation, which member and which period."""
    of_group = when(exp.Not(this=known(state.col("population"))), state.col("group"), exp.null())
    yield p.coalesced(_participant(state), of_group)
    joined: E = exp.null()
    if again := sorted(ids.joins_again):
        joined = when(p.one_of(state.col("population"), again), state.col("joined_by"), exp.null())
    yield when(_is(state, "row"), state.col("row"), joined)
    yield when(_is(state, "member"), state.col("member"), exp.null())
    yield _period(state)


def _unit(state: State, ids: EntryIds) -> E:
    number = p.cast(state.col("sequence"), "text")
    alone = both(_is(state, "row"), exp.EQ(this=state.col("sequence"), expression=whole(1)))
    numbered = when(alone, _EMPTY, number)
    by_row = when(exp.NEQ(this=state.col("tie"), expression=_EMPTY), state.col("tie"), numbered)
    in_plan = exp.NEQ(this=state.col("outcome"), expression=_EMPTY)
    units = []
    for flow in state.contract.flows:
        unit = by_row if ids.makes_rows(flow) else numbered
        units.append(unit if flow.instalments is not None else when(in_plan, _EMPTY, unit))
    return state.by_flow(units)


def _parties_said(state: State) -> E:
    """Whether the id names the parties: the clause alone does not say them, or a stage added the entry."""
    fixed = []
    for flow in state.contract.flows:
        sides = (flow.payee, flow.payer) if flow.repays else (flow.payer, flow.payee)
        named = [side.party for side in sides if isinstance(side, ir.NamedParty)]
        alike = [
            exp.EQ(this=state.col(side), expression=text(party))
            for side, party in zip(("payer", "payee"), named, strict=False)
        ]
        fixed.append(both(*alike) if len(named) == 2 else exp.false())
    whole_unit = exp.EQ(this=state.col("part"), expression=_EMPTY)
    return exp.Not(this=exp.Paren(this=both(whole_unit, state.by_flow(fixed))))
