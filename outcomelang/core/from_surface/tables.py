"""Tables: prices, bands, steps, curves, baselines. Every value that can be looked up has one row, and one only."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.calendar import shift
from outcomelang.core.from_surface import indexing, ranges
from outcomelang.core.from_surface.attribute_tests import unknown_label
from outcomelang.core.from_surface.context import Elaboration, PartitionShape, TableShape, alike, listed, name_of
from outcomelang.core.from_surface.literals import constant, literal_kind
from outcomelang.core.from_surface.refs import price_outside
from outcomelang.core.names import name_key
from outcomelang.core.scope import Sort
from outcomelang.core.types import Kind, kind_of, same, unit_of
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast


def shape(e: Elaboration, clause: ast.Table) -> None:
    """What a table goes by and the kind of its values, known before anything is looked up in it."""
    kinds = [literal_kind(row.value) for row in clause.rows if not isinstance(row.value, ast.Nothing)]
    kind = kinds[0] if kinds else None
    for row in clause.rows:
        if kind is not None and not isinstance(row.value, ast.Nothing) and literal_kind(row.value) is not kind:
            e.say(
                "rows-of-two-kinds",
                row.span,
                f"{name_of(clause)} gives {kind} in one row and {literal_kind(row.value)} in another.",
                label=f"{literal_kind(row.value)} here",
            )
            break
    found = [_key_source(e, term) for term in clause.by]
    keys = tuple(key for key in found if key is not None)
    e.tables[name_of(clause)] = TableShape(
        kind if len(keys) == len(clause.by) else None, keys, indexing.of_table(e, clause, kind)
    )


def _key_source(e: Elaboration, term: ast.Term) -> ir.KeySource | None:
    at = e.at(term.span)
    symbol = e.scope.find(term.text)
    attributes = e.scope.attributes_called(term.text)
    if attributes and (symbol is None or symbol.sort not in (Sort.GROUP, Sort.PERIOD, Sort.MEASURE)):
        units = {attribute.unit for attribute in attributes}
        return ir.KeyByQuantity(ir.Attribute(attributes[0].name, units.pop(), origin=at), origin=at)
    symbol = e.find(term, "what a table goes by", Sort.GROUP, Sort.PERIOD, Sort.MEASURE)
    if symbol is None:
        return None
    match symbol.sort:
        case Sort.GROUP:
            return ir.KeyByGroup(symbol.name, origin=at)
        case Sort.PERIOD:
            return ir.KeyByPeriod(symbol.name, origin=at)
        case _:
            return ir.KeyByQuantity(ir.Read(symbol.name, ir.Unit.NUMBER, origin=at), origin=at)


def table(e: Elaboration, clause: ast.Table) -> ir.Table | None:
    """A table with its rows checked against what it goes by."""
    known = e.tables[name_of(clause)]
    rows = tuple(_row(e, row) for row in clause.rows)
    if known.kind is None or len(known.keys) != len(clause.by):
        return None
    sources = tuple(_with_kind(e, key) for key in known.keys)
    _of_what_is_known(e, clause, sources)
    kinds = tuple(kind for _, kind in sources)
    if _keys_fit(e, clause, known.keys, kinds):
        _complete(e, clause, rows, known.keys, kinds)
    straight = any(isinstance(modifier, ast.StraightLine) for modifier in clause.modifiers)
    keys = tuple(key for key, _ in sources)
    name = name_of(clause)
    return ir.Table(name, keys, rows, unit_of(known.kind), straight, origin=e.at(clause.span))


def _of_what_is_known(e: Elaboration, clause: ast.Table, sources: tuple[tuple[ir.KeySource, Kind | None], ...]) -> None:
    """Report a table that goes by a price which has a value only where something is paid."""
    for term, (key, _) in zip(clause.by, sources, strict=True):
        measure = (
            key.quantity.measure if isinstance(key, ir.KeyByQuantity) and isinstance(key.quantity, ir.Read) else ""
        )
        if measure in e.price_only:
            price_outside(e, term, e.price_only[measure])


def _with_kind(e: Elaboration, key: ir.KeySource) -> tuple[ir.KeySource, Kind | None]:
    if isinstance(key, ir.KeyByQuantity) and isinstance(key.quantity, ir.Read):
        kind = e.read_measure(key.quantity.measure)
        unit = unit_of(kind) if kind is not None else ir.Unit.NUMBER
        return ir.KeyByQuantity(ir.Read(key.quantity.measure, unit, origin=key.origin), origin=key.origin), kind
    if isinstance(key, ir.KeyByQuantity) and isinstance(key.quantity, ir.Attribute):
        return key, kind_of(key.quantity.unit)
    return key, Kind.LABEL


def _row(e: Elaboration, row: ast.TableRow) -> ir.TableRow:
    keys: list[ir.TableKey] = []
    for key in row.keys:
        match key:
            case ast.Text():
                keys.append(ir.LabelKey(key.value, origin=e.at(key.span)))
            case ast.Range():
                keys.append(ranges.bounds(e, key))
            case _:
                keys.append(ir.PointKey(constant(e, key), origin=e.at(key.span)))
    value = None if isinstance(row.value, ast.Nothing) else constant(e, row.value)
    return ir.TableRow(tuple(keys), value, origin=e.at(row.span))


# ---------------------------------------------------------------- do the keys fit what the table goes by?


def _keys_fit(
    e: Elaboration, clause: ast.Table, sources: tuple[ir.KeySource, ...], kinds: tuple[Kind | None, ...]
) -> bool:
    fits = True
    for row in clause.rows:
        if len(row.keys) != len(sources):
            _wrong_number(e, clause, row)
            return False
        for key, source, kind, term in zip(row.keys, sources, kinds, clause.by, strict=True):
            fits = _key_fits(e, key, source, kind, term) and fits
    return fits


def _wrong_number(e: Elaboration, clause: ast.Table, row: ast.TableRow) -> None:
    by = listed([term.text for term in clause.by], "and")
    e.say(
        "key-does-not-fit",
        row.span,
        f"{name_of(clause)} goes by {by}, and this row names {len(row.keys)} of {len(clause.by)}.",
        label="each row names one of each",
    )


def _key_fits(e: Elaboration, key: ast.RowKey, source: ir.KeySource, kind: Kind | None, term: ast.Term) -> bool:
    if isinstance(key, ast.Text):
        return _label_fits(e, key, source, kind, term)
    found = ranges.kinds(key) if isinstance(key, ast.Range) else (literal_kind(key),)
    if kind is None:
        return False
    points = {Kind.PERCENTAGE, Kind.POINTS}
    if all(same(each, kind) is not None or {each, kind} <= points for each in found):
        return True
    e.say(
        "key-does-not-fit",
        key.span,
        f"{term.text} is {kind}, and this row is for {found[0]}: it can never be met.",
        label=f"{found[0]}",
    )
    return False


def _label_fits(e: Elaboration, key: ast.Text, source: ir.KeySource, kind: Kind | None, term: ast.Term) -> bool:
    if isinstance(source, ir.KeyByGroup):
        shape = e.partitions[source.partition]
        if name_key(key.value) not in shape.spellings:
            unknown_label(e, key, source.partition, shape.labels)
            return False
        return True
    if isinstance(source, ir.KeyByPeriod):
        return _period_fits(e, key, source.calendar)
    if kind is not None and kind not in (Kind.LABEL, Kind.FLAG):
        e.say("key-does-not-fit", key.span, f"{term.text} is {kind}, and this row is for a label.", label="a label")
    return kind in (Kind.LABEL, Kind.FLAG)


def _period_fits(e: Elaboration, key: ast.Text, name: str) -> bool:
    calendar = e.calendars.get(name)
    number = key.value.rsplit(" ", 1)[-1]
    named = name_key(key.value) == name_key(f"{name} {number}") and number.isdigit() and int(number) > 0
    last = periods_in(calendar) if calendar is not None else None
    if named and (last is None or int(number) <= last):
        return True
    periods = [f"{name} {place}" for place in range(1, min(last or 1, 100) + 1)]
    known = f"“{name} 1” to “{name} {last}”" if last else f"“{name} 1”, “{name} 2” and so on"
    e.say(
        "label-unknown",
        key.span,
        f"There is no {name} called “{key.value}”; they are called {known}.",
        label="not one of them",
        remedies=tuple(Remedy(f'"{own}"') for own in alike(key.value, periods)),
    )
    return False


def periods_in(calendar: ir.Calendar) -> int | None:
    """How many periods begin up to the calendar's last day; None when it has none."""
    if calendar.last is None or not (calendar.months or calendar.days):
        return None
    first, last = calendar.first.toordinal(), calendar.last.toordinal()
    count = 0
    while count < 10_000 and shift(first, calendar.months * count, calendar.days * count) <= last:
        count += 1
    return count


# ---------------------------------------------------------------- is there one row for each value?


def _complete(
    e: Elaboration,
    clause: ast.Table,
    rows: tuple[ir.TableRow, ...],
    sources: tuple[ir.KeySource, ...],
    kinds: tuple[Kind | None, ...],
) -> None:
    """Rows are grouped by their labels; within a group the ranges meet; every label has a row."""
    ranged = [i for i, kind in enumerate(kinds) if kind not in (Kind.LABEL, Kind.FLAG)]
    grouped: dict[tuple[str, ...], list[tuple[ast.TableRow, ir.TableRow]]] = {}
    for written, row in zip(clause.rows, rows, strict=True):
        labels = tuple(_label_of(e, key, source) for key, source in zip(row.keys, sources, strict=True))
        grouped.setdefault(labels, []).append((written, row))
    for labels, group in grouped.items():
        if len(ranged) == 1:
            _check_ranges(e, clause, group, ranged[0], sources, kinds)
        elif not ranged and len(group) > 1:
            _doubled(e, clause, group[1][0], listed([f"“{label}”" for label in labels], "and"), group[0][0].span)
    if not ranged and len(sources) == 1:
        _all_labels(e, clause, set(grouped), sources[0])


def _label_of(e: Elaboration, key: ir.TableKey, source: ir.KeySource) -> str:
    if not isinstance(key, ir.LabelKey):
        return ""
    if isinstance(source, ir.KeyByGroup):
        shape: PartitionShape = e.partitions[source.partition]
        return shape.spellings.get(name_key(key.label), key.label)
    return name_key(key.label)


def _check_ranges(
    e: Elaboration,
    clause: ast.Table,
    group: list[tuple[ast.TableRow, ir.TableRow]],
    index: int,
    sources: tuple[ir.KeySource, ...],
    kinds: tuple[Kind | None, ...],
) -> None:
    straight = any(isinstance(modifier, ast.StraightLine) for modifier in clause.modifiers)
    intervals: list[ranges.Interval] = []
    points: list[ranges.Interval] = []
    for written, row in group:
        key = row.keys[index]
        if isinstance(key, ir.Bounds):
            intervals.append(ranges.interval(key, written.span))
        elif isinstance(key, ir.PointKey):
            (points if straight else intervals).append(ranges.point(key.value, written.span))
    if points:
        points.sort(key=ranges.low)
        intervals.append(ranges.Interval(points[0].first, True, points[-1].first, True, points[0].span))
    source = sources[index]
    from_zero = isinstance(source, ir.KeyByQuantity) and never_negative(e, source.quantity)
    ranges.check(e, intervals, name_of(clause), True, from_zero, clause.span, kinds[index])


def never_negative(e: Elaboration, of: ir.Quantity) -> bool:
    """Whether a quantity is at least 0 by its construction."""
    match of:
        case ir.Counted() | ir.DaysIn() | ir.Excess():
            return True
        case ir.Const(value):
            return isinstance(value, Fraction) and value >= 0
        case ir.Arith("+" | "*" | "/" | "min", left, right):
            return never_negative(e, left) and never_negative(e, right)
        case ir.Arith("max", left, right):
            return never_negative(e, left) or never_negative(e, right)
        case ir.Rounded(inner):
            return never_negative(e, inner)
        case ir.Read(name):
            measure = e.measures.get(name)
            return measure is not None and never_negative(e, measure[0].quantity)
        case _:
            return False


def _doubled(e: Elaboration, clause: ast.Table, row: ast.TableRow, label: str, first: Span) -> None:
    e.say(
        "row-doubled",
        row.span,
        f"{name_of(clause)} has two rows for {label}, and it is not said which one counts.",
        label="said again",
        related=((first, "said here first"),),
    )


def _all_labels(e: Elaboration, clause: ast.Table, found: set[tuple[str, ...]], source: ir.KeySource) -> None:
    wanted: list[tuple[str, str]] = []
    if isinstance(source, ir.KeyByGroup):
        wanted = [(label, label) for label in e.partitions[source.partition].labels]
    elif isinstance(source, ir.KeyByPeriod) and source.calendar in e.calendars:
        count = periods_in(e.calendars[source.calendar]) or 0
        wanted = [(f"{source.calendar} {n}", name_key(f"{source.calendar} {n}")) for n in range(1, count + 1)]
    missing = [label for label, key in wanted if (key,) not in found]
    if missing:
        words = listed([f"“{label}”" for label in missing[:4]], "and") + (" …" if len(missing) > 4 else "")
        e.say(
            "row-missing",
            clause.span,
            f"Nothing is said for {words}: {name_of(clause)} has no row for {'it' if len(missing) == 1 else 'them'}.",
            label=f"{len(missing)} row{'' if len(missing) == 1 else 's'} missing",
            remedies=(Remedy(f'"{missing[0]}" nothing', "says openly that nothing is paid"),),
        )
