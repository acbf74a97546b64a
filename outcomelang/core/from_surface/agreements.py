"""What stands between the parties beside payments: guarantees, second tiers, prices until so much is paid, exits.

A guarantee is sugar: each guarantor pays for the excess of what it guarantees over what was counted for it.
"""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface import subjects
from outcomelang.core.from_surface.context import Elaboration, Scene, TableShape, name_of
from outcomelang.core.from_surface.literals import constant, literal_kind, minor
from outcomelang.core.from_surface.parties import payer
from outcomelang.core.from_surface.quantities import quantity
from outcomelang.core.scope import Sort
from outcomelang.core.types import unit_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

# ---------------------------------------------------------------- guarantees


def guarantee(e: Elaboration, clause: ast.Guarantee) -> tuple[ir.Flow, ...]:
    """One flow for each guarantor: so much for each thing short of the number."""
    counted_by = next((part.group for part in clause.modifiers if isinstance(part, ast.CountedBy)), None)
    short = next((part for part in clause.modifiers if isinstance(part, ast.Shortfall)), None)
    if short is None:
        e.say(
            "guarantee-without-consequence",
            clause.span,
            f"Nothing follows when {name_of(clause)} is not kept: it does not say what each thing short costs.",
            label="no amount for what falls short",
            remedies=(Remedy("each pays PARTY £… for each THING short", "the guarantor pays for what is missing"),),
        )
        return ()
    if counted_by is None and len(clause.rows) > 1:
        e.say(
            "guarantee-without-scope",
            clause.span,
            f"It is not said which things count for whom in {name_of(clause)}: several parties guarantee a number.",
            label="whose things are these",
            remedies=(
                Remedy("counted by GROUP", "each guarantor answers for its own"),
                Remedy("one party guarantees …", "one number for all together"),
            ),
        )
        return ()
    named = zip(guarantee_lines(clause), clause.rows, strict=True)
    return tuple(_guaranteed(e, clause, name, row, counted_by, short) for name, row in named)


def guarantee_lines(clause: ast.Guarantee) -> tuple[str, ...]:
    """The flows of a guarantee: one of its own name, or one for each guarantor (numbered from the second of one)."""
    if len(clause.rows) == 1:
        return (name_of(clause),)
    parties = [row.party.text for row in clause.rows]
    before = [parties[:n].count(party) for n, party in enumerate(parties)]
    return tuple(f"{name_of(clause)}: {p}{f' {n + 1}' if n else ''}" for p, n in zip(parties, before, strict=True))


def _guaranteed(
    e: Elaboration,
    clause: ast.Guarantee,
    name: str,
    row: ast.Guaranteed,
    counted_by: ast.Term | None,
    short: ast.Shortfall,
) -> ir.Flow:
    subject = subjects.written(e, ast.OfEach(None, row.period, span=row.span)) if row.period is not None else ir.Whole()
    here = subjects.scene_of(e, subject or ir.Whole())
    select = row.select
    if counted_by is not None:
        own = ast.With(counted_by, ast.LabelTest((ast.Text(row.party.text, span=row.party.span),), span=row.span))
        select = ast.Select(select.head, (*select.counted, own), span=select.span)
    missing = ast.Excess(row.number, ast.Count(select, span=select.span), span=row.span)
    return ir.Flow(
        name,
        name_of(clause),
        False,
        payer(e, row.party, "who guarantees", here),
        payer(e, short.payee, "who is paid", here),
        constant(e, short.price),
        subject or ir.Whole(),
        ir.EachUnit(quantity(e, missing, here).quantity, "exact", origin=e.at(row.span)),
        origin=e.at(clause.span),
    )


# ---------------------------------------------------------------- prices until so much has been paid


def until_paid_shape(e: Elaboration, clause: ast.UntilPaid) -> None:
    """The kind of its values, known before anything reads them."""
    written = clause.after if isinstance(clause.before, ast.Nothing) else clause.before
    kind = None if isinstance(written, ast.Nothing) else literal_kind(written)
    e.tables[name_of(clause)] = TableShape(kind, (), until_paid=True)


def until_paid(e: Elaboration, clause: ast.UntilPaid) -> ir.Table:
    """A table of one row without keys, and what comes after the threshold."""
    at = e.at(clause.span)
    kind = e.tables[name_of(clause)].kind
    cells = (clause.before, clause.after)
    before, after = (None if isinstance(cell, ast.Nothing) else constant(e, cell) for cell in cells)
    threshold = int(minor(e, clause.threshold))
    return ir.Table(
        name_of(clause),
        (),
        (ir.TableRow((), before, origin=at),),
        unit_of(kind) if kind is not None else ir.Unit.MONEY,
        until_paid=ir.UntilPaid(threshold, after, origin=at),
        origin=at,
    )


def tiers(e: Elaboration, file: ast.File, flows: tuple[ir.Flow, ...]) -> list[ir.Stage]:
    """A stage for each such table, over the payments whose price reads it."""
    found: list[ir.Stage] = []
    for clause in file.clauses:
        if isinstance(clause, ast.UntilPaid):
            reading = tuple(flow.name for flow in flows if _reads(e, flow.amount, name_of(clause)))
            found.append(ir.Tier(reading, name_of(clause), origin=e.at(clause.span)))
    return found


def _reads(e: Elaboration, node: ir.Quantity, table: str) -> bool:
    """Whether an amount looks a table up, itself or in a definition."""
    match node:
        case ir.Lookup(table=name):
            return name == table
        case ir.Read(measure=name):
            return name in e.measures and _reads(e, e.measures[name][0].quantity, table)
        case ir.Arith(left=left, right=right) | ir.Excess(of=left, over=right) | ir.ChangeOf(base=left, new=right):
            return _reads(e, left, table) or _reads(e, right, table)
        case ir.Rounded(of=of) | ir.Indexed(of=of):
            return _reads(e, of, table)
        case ir.Const() | ir.Counted() | ir.Summed() | ir.DaysIn() | ir.Attribute() | ir.ContractValue():
            return False
        case ir.Observed():
            return False


# ---------------------------------------------------------------- second tiers and early endings


def divisions(e: Elaboration, file: ast.File, flows: tuple[ir.Flow, ...]) -> list[ir.Stage]:
    """How payments are passed on."""
    found: list[ir.Stage] = []
    for clause in file.clauses:
        if isinstance(clause, ast.Divide):
            stage = _division(e, clause, flows)
            found += [stage] if stage is not None else []
    return found


def _division(e: Elaboration, clause: ast.Divide, flows: tuple[ir.Flow, ...]) -> ir.Division | None:
    symbol = e.find(clause.payment, "what is divided", Sort.PAYMENT)
    divided = next((flow for flow in flows if symbol is not None and symbol.name in (flow.name, flow.card)), None)
    if symbol is None or divided is None:
        return None
    here = subjects.scene_of(e, divided.subject)
    rest = [share for share in clause.shares if share.part is None]
    parts = tuple(_part(e, share, here) for share in clause.shares if share.part is not None)
    shares = sum(part.share for part in parts if part.share is not None)
    if len(rest) > 1 or shares > 1 or (not rest and (shares != 1 or any(part.each is not None for part in parts))):
        e.say(
            "division-leaves-a-rest",
            clause.span,
            f"The parts of {symbol.name} do not add up to the whole of it, and it is not said once who gets the rest.",
            label="the rest goes to nobody, or to two",
            remedies=(Remedy("the rest to PARTY", "whoever has it carries what the others do not"),),
        )
        return None
    rest_to = payer(e, rest[0].to, "who gets the rest", here) if rest else None
    return ir.Division(symbol.name, parts, rest_to, origin=e.at(clause.span))


def _part(e: Elaboration, share: ast.ShareTo, here: Scene) -> ir.Part:
    to = payer(e, share.to, "who gets a part", here)
    at = e.at(share.span)
    if isinstance(share.part, ast.Percent):
        return ir.Part(to, None, share.part.value, origin=at)
    assert share.part is not None
    return ir.Part(to, minor(e, share.part), None, origin=at)


def exits(e: Elaboration, file: ast.File) -> list[ir.Stage]:
    """What is not due any more when the agreement is ended on a day."""
    found: list[ir.Stage] = []
    for clause in file.clauses:
        if not isinstance(clause, ast.Exit):
            continue
        for party in clause.parties:
            e.find(party, "who may end the agreement", Sort.PARTY)
        event = e.find(clause.event, "what ends the agreement", Sort.EVENT) if clause.event is not None else None
        if clause.event is None:
            e.refuse("ending the agreement without an event in the log", clause.span, f"exit {name_of(clause)}")
        names = [e.find(term, "what falls away", Sort.PAYMENT) for term in clause.falls_away]
        flows = tuple(flow for symbol in names if symbol is not None for flow in e.cards.get(symbol.name, ()))
        if event is not None:
            found.append(ir.FallAway(event.name, clause.day.day, flows, name_of(clause), origin=e.at(clause.span)))
    return found


def divides_before(stages: list[ir.Stage], limits: list[ir.MoneyLimit]) -> bool:
    """Whether a limit ranks those who share in a division: then it is shared out after the division."""
    named = {name for limit in limits if limit.order is ir.Order.IN_ORDER for name in limit.names}
    return any(
        isinstance(to, ir.PartyOfGroup) or (isinstance(to, ir.NamedParty) and to.party in named)
        for stage in stages
        if isinstance(stage, ir.Division)
        for to in (*(part.to for part in stage.parts), stage.rest_to)
    ) and bool(named)
