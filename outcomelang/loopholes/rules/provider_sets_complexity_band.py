"""OC07: the price depends on a group that the provider, or its own assessment, assigns."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.control import (
    alone_recorded_by,
    assesses_those_it_selects,
    classifiers,
    independent,
    is_difficulty,
    paid,
    price_of,
)
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Of every group that enters a price: who says to which row somebody belongs?"""
    found = False
    priced = [group for group in study.contract.partitions if is_difficulty(group) and _is_priced(study, group)]
    for group in priced:
        parties, events = classifiers(study.names, group)
        interested = parties & _gaining(study, group)
        if events:
            parties = frozenset(interested)
            interested = frozenset(name for name in parties if any(_alone(event, name) for event in events))
        if interested:
            found = True
            yield _finding(study, group, sorted(interested)[0], events)
    for table, event in _by_first_score(study):
        found = True
        yield _scored(study, table, event)
    if not found and priced:
        names = ", ".join(group.name for group in priced)
        yield Cleared(Verdict.PROVED, "whoever is paid does not assign it, or others verify it", (names,))


def _gaining(study: Study, group: ir.Partition) -> frozenset[str]:
    """Who is paid, and who assesses those whom it selects: it decides who comes in, and as what."""
    return paid(study.names) - independent(study.names) | assesses_those_it_selects(study.names, group)


def _alone(event: ir.Event, party: str) -> bool:
    """Whether its word is enough: nobody else verifies the record, and no evidence has to stand behind it."""
    return alone_recorded_by(event, frozenset({party})) and not event.evidenced_by


# ---------------------------------------------------------------- whether the price depends on it


def _is_priced(study: Study, group: ir.Partition) -> bool:
    """Whether another row of the group can mean another price: by a table, or by being counted at all."""
    if group.of not in study.names.populations:
        return False
    return bool(_tables(study, group)) or _is_counted(study, group) or _has_own_lines(study, group)


def _tables(study: Study, group: ir.Partition) -> list[ir.Table]:
    """Tables of prices, shares or lines by the group, of which the rows differ and a payment reads them."""
    found = []
    read = {
        node.table for flow in study.flows for node in study.rests_on(price_of(flow)) if isinstance(node, ir.Lookup)
    }
    for table in study.contract.tables:
        values = {row.value for row in table.rows}
        if table.name in read and len(values) > 1 and ir.KeyByGroup(group.name) in table.by:
            found.append(table)
    return found


def _is_counted(study: Study, group: ir.Partition) -> bool:
    """Whether a measure that a payment reads counts only people (or rows of people) of some rows of the group."""
    for flow in study.flows:
        for node in study.rests_on(price_of(flow)):
            if isinstance(node, ir.Select) and any(_asks(test, group) for test in node.tests):
                return True
    return False


def _asks(test: ir.Test, group: ir.Partition) -> bool:
    return isinstance(test, ir.InGroup) and test.partition == group.name


def _has_own_lines(study: Study, group: ir.Partition) -> bool:
    """Whether there are payments for some of its rows, at another price than for others."""
    prices: dict[tuple[str, ...], set[ir.Quantity]] = {}
    for flow in study.flows:
        tests = flow.driver.tests if isinstance(flow.driver, ir.OneEach | ir.EachAchievement) else ()
        for node in (*tests, *((flow.gate,) if flow.gate is not None else ())):
            match node:
                case ir.InGroup(name, labels) if name == group.name:
                    prices.setdefault(labels, set()).add(flow.amount)
                case ir.LabelIs(ir.GroupLabel(name), labels) if name == group.name:
                    prices.setdefault(labels, set()).add(flow.amount)
                case _:
                    continue
    return bool(prices) and (len(set(map(frozenset, prices.values()))) > 1 or len(prices) < len(group.rows))


def _by_first_score(study: Study) -> Iterator[tuple[ir.Table, ir.Event]]:
    """Tables of prices by what the first record of somebody says, where whoever is paid alone makes that record."""
    own = paid(study.names) - independent(study.names)
    read = {node.table for flow in study.flows for node in study.rests_on(flow.amount) if isinstance(node, ir.Lookup)}
    for table in study.contract.tables:
        keys = [key.quantity for key in table.by if isinstance(key, ir.KeyByQuantity)]
        if table.name not in read or len({row.value for row in table.rows}) < 2:
            continue
        for node in study.rests_on(tuple(keys)):
            if isinstance(node, ir.Summed) and isinstance(node.select.of, ir.Rows) and _is_first(study, node.select):
                event = study.names.events[node.select.of.event]
                if event.kind not in ("outcome", "figure") and any(_alone(event, name) for name in own):
                    yield table, event
                    break


def _is_first(study: Study, select: ir.Select) -> bool:
    """Whether it reads one row at the start: the first, or that of joining."""
    anchor = select.window.first.anchor if select.window is not None and select.window.first is not None else None
    match anchor:
        case ir.Joining():
            return True
        case ir.RowOf(ir.Select(ir.Rows(event)), which):
            return which in ("first", "only") or event in study.joining
        case _:
            return False


# ---------------------------------------------------------------- what it says


def _finding(study: Study, group: ir.Partition, who: str, events: tuple[ir.Event, ...]) -> Finding:
    gain, said = _gain(study, group)
    by = f" in the {events[0].name} that it records" if events else ""
    return Finding(
        of=(group.name,),
        origin=group.origin,
        message=f"{who} says{by} to which row of {group.name} somebody belongs, and {said}",
        label=f"is assigned by {who}",
        stake=gain,
        argument=f"{group.name} enters a price, and nobody independent assigns or verifies it",
        remedies=(
            Remedy(f"let an independent party assign {group.name}", f"{who} then gains nothing by a higher row"),
            Remedy("take it from what others record, such as a benefit", "nobody can then choose it"),
            Remedy("let others verify the record, and repay where it was wrong", "a wrong row then costs"),
        ),
    )


def _scored(study: Study, table: ir.Table, event: ir.Event) -> Finding:
    who = sorted(set(event.recorded_by) & paid(study.names))[0]
    low, high = _range(table)
    more = f"one score pays {study.money(high - low)} more than another" if high > low else "what is paid goes by it"
    return Finding(
        of=(table.name,),
        origin=table.origin,
        message=f"{who} gives the score in the {event.name} by which {table.name} is read: {more}",
        label=f"goes by what {who} records",
        stake=high - low,
        argument=f"{event.name} is recorded by {who} alone, and its first row decides over the price",
        remedies=(
            Remedy(f"let an independent party make the {event.name}", f"{who} then gains nothing by a higher score"),
            Remedy("let others verify the record, and repay where it was wrong", "a wrong score then costs"),
        ),
        related=((event.origin, f"recorded by {who}"),),
    )


def _range(table: ir.Table) -> tuple[Fraction, Fraction]:
    """The least and the greatest price of a table of money."""
    if table.unit is not ir.Unit.MONEY:
        return Fraction(0), Fraction(0)
    values = [Fraction(constant(row.value)) for row in table.rows if row.value is not None]
    return min(values, default=Fraction(0)), max(values, default=Fraction(0))


def _gain(study: Study, group: ir.Partition) -> tuple[Fraction, str]:
    """What one row is worth more than another, in the dearest table of money."""
    best = Fraction(0), "what is paid depends on it"
    for table in _tables(study, group):
        low, high = _range(table)
        gain = high - low if len(table.by) == 1 else Fraction(0)
        if gain > best[0]:
            best = gain, f"one pays {study.money(gain)} more than another each time ({table.name})"
    return best


RULE = Rule(
    code="OC07",
    name="provider-sets-complexity-band",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="The price depends on a group that the provider, or its own assessment, assigns.",
    rationale=(
        "Harder cases should be worth more, but whoever is paid more for a harder case must not be the one who says "
        "that it is one. Scores drift upwards, and the money with them."
    ),
    guards=(
        "the commissioner or an independent party assigns the group",
        "it is read from what others record, or what the provider records is verified by others, or by evidence",
        "the group tells only who pays, or the prices of its rows are equal",
    ),
    blind="An assessor who depends on the provider; provider data behind what others record.",
    source=(
        "DrugScope, Payment by Results questions and answers (2010); Revolving Doors Agency, payment by results and "
        "multiple needs (2015)"
    ),
    bad=(
        'insert group Need of a Jobseeker, set by the Provider "low" "high"\n'
        'insert table Start Price by Need "low" £50 "high" £150\n'
        "insert payment Support Fee: Council pays the Provider the Start Price for each Lasting Job, "
        "stacks with Job Payment"
    ),
    good=(
        'insert group Need of a Jobseeker, set by the Jobcentre "low" "high"\n'
        'insert table Start Price by Need "low" £50 "high" £150\n'
        "insert payment Support Fee: Council pays the Provider the Start Price for each Lasting Job, "
        "stacks with Job Payment"
    ),
    check=check,
)
