"""OC22: a band, a threshold or a tier that nothing can ever reach (overlaps and gaps do not compile)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.fixed_values import constant, fixed_value
from outcomelang.core.money import count
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.bounds import most
from outcomelang.exposure.numbers import Most, least_of
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study
from outcomelang.tree import Tree, nodes


def check(study: Study) -> Iterator[Said]:
    """The bounds of every row, threshold and tier against what their number can be."""
    found = [*_rows(study), *_thresholds(study), *_tiers(study), *_cohorts(study)]
    yield from found
    if not found:
        yield Cleared(Verdict.PROVED, "no band, threshold or tier lies beyond what its number can be")


# ---------------------------------------------------------------- rows of tables


def _rows(study: Study) -> Iterator[Finding]:
    """Rows beyond the greatest value of what they go by, if they say something else than the row before."""
    for table in study.contract.tables:
        for place, source in enumerate(table.by):
            if not isinstance(source, ir.KeyByQuantity) or table.straight_line:
                continue
            top = _top(study, source.quantity, ir.Whole())
            before: ir.Const | None = None
            for row in table.rows:
                bounds = row.keys[place]
                says_more = row.value is not None and row.value != before
                if says_more and isinstance(bounds, ir.Bounds) and top is not None and _is_above(bounds, top):
                    yield _row(study, table, source.quantity, bounds, row, top)
                before = row.value


def _is_above(bounds: ir.Bounds, top: Fraction) -> bool:
    if bounds.first is None:
        return False
    first = Fraction(constant(bounds.first))
    return first > top or (first == top and not bounds.first_included)


def _row(study: Study, table: ir.Table, by: ir.Quantity, bounds: ir.Bounds, row: ir.TableRow, top: Fraction) -> Finding:
    assert bounds.first is not None and row.value is not None
    unit, first = bounds.first.unit, Fraction(constant(bounds.first))
    value = f"{_said(study, row.value.unit, row.value.value)} of {table.name}"
    word = "at" if bounds.first_included else "above"
    return _finding(
        (table.name, f"{word} {_said(study, unit, first)}"),
        row.origin if row.origin.line else table.origin,
        f"{value} can never be reached: {_name(by)} is at most {_said(study, unit, top)}, and its row begins "
        f"{word} {_said(study, unit, first)}",
        "no figure can fall into this row",
        Fraction(row.value.value)
        if row.value.unit is ir.Unit.MONEY and isinstance(row.value.value, Fraction)
        else None,
    )


def _top(study: Study, of: ir.Quantity, subject: ir.Subject) -> Most:
    """The greatest value, where its form gives one; of a fall of a percentage or of a number it is 100%."""
    if isinstance(of, ir.Read):
        measure = study.names.measures[of.measure]
        return _top(study, measure.quantity, measure.subject)
    return most(study.names, of, subject)


# ---------------------------------------------------------------- thresholds of outcomes and payments


def _thresholds(study: Study) -> Iterator[Finding]:
    for outcome in study.contract.outcomes:
        if not outcome.monitor_only:
            for compared in _compared(outcome.when):
                if (beyond := _beyond(study, compared, outcome.subject)) is not None:
                    yield _threshold(study, outcome.name, outcome.origin, compared, *beyond)
    for flow in study.contract.flows:
        for compared in _compared(flow.gate):
            if (beyond := _beyond(study, compared, flow.subject)) is not None:
                yield _threshold(study, flow.name, flow.origin, compared, *beyond)


def _compared(condition: ir.Condition | None) -> Iterator[ir.Compares]:
    """What is compared for the subject itself: what is said of members is said of other subjects."""
    inside: set[int] = set()
    for node in nodes(condition):
        if isinstance(node, ir.ForMembers):
            inside |= {id(each) for each in nodes(node)}
        elif isinstance(node, ir.Compares) and id(node) not in inside:
            yield node


def _beyond(study: Study, compared: ir.Compares, subject: ir.Subject) -> tuple[Fraction, Fraction] | None:
    """The threshold and the greatest value, where the one is above the other."""
    least = fixed_value(study.names, compared.right, {})
    if compared.comparator not in (">=", ">", "==") or least is None:
        return None
    if fixed_value(study.names, compared.left, {}) is not None:
        return None
    top, over = _top(study, compared.left, subject), Fraction(least)
    if top is None or over < top or (over == top and compared.comparator != ">"):
        return None
    return over, top


def _threshold(
    study: Study, name: str, origin: ir.Origin, compared: ir.Compares, over: Fraction, top: Fraction
) -> Finding:
    unit = getattr(compared.left, "unit", ir.Unit.NUMBER)
    more = "more than " if compared.comparator == ">" else ""
    return _finding(
        (name,),
        origin,
        f"{name} can never be due: {_name(compared.left)} is at most {_said(study, unit, top)}, and "
        f"{more}{_said(study, unit, over)} is asked for",
        "asks for more than there can be",
        None,
    )


# ---------------------------------------------------------------- prices until so much has been paid


def _tiers(study: Study) -> Iterator[Finding]:
    """Prices after a sum that what is paid under the table can never come to."""
    bounds = {each.flow.name: each.within for each in study.liability.flows}
    for table in study.contract.tables:
        until = table.until_paid
        if until is None or until.after is None:
            continue
        flows = [flow for flow in study.flows if any(_reads(node, table.name) for node in study.rests_on(flow.amount))]
        within = [bounds[flow.name] for flow in flows]
        sums = (
            None if any(each is None for each in within) else sum((each or Fraction(0) for each in within), Fraction(0))
        )
        top = least_of(iter((sums, study.liability.most)))
        if flows and top is not None and top <= until.threshold:
            yield _finding(
                (table.name,),
                table.origin,
                f"The second price of {table.name} can never be paid: at most {study.money(top)} can be due before it, "
                f"and it holds after {study.money(until.threshold)}",
                "is never reached",
                None,
            )


def _total(amounts: Iterable[Most]) -> Most:
    """The sum of bounds; None where one of them is none."""
    known = list(amounts)
    return None if None in known else sum((each or Fraction(0) for each in known), Fraction(0))


def _reads(node: Tree, table: str) -> bool:
    return isinstance(node, ir.Lookup) and node.table == table


# ---------------------------------------------------------------- cohorts


def _cohorts(study: Study) -> Iterator[Finding]:
    """Rows of a cohort by dates on which nobody can join: only noted, for nobody is paid wrongly."""
    for partition in study.contract.partitions:
        population = study.names.populations.get(partition.of)
        by = partition.classifier
        if population is None or not isinstance(by, ir.ByValue) or by.attribute is not None:
            continue
        days = [_joining(way, by.event) for way in population.ways]
        known = [each for each in days if each is not None]
        if not known or len(known) < len(days):
            continue
        first, last = min(each[0] for each in known), max(each[1] for each in known)
        for row in partition.rows:
            if row.bounds is not None and _is_outside(row.bounds, first, last):
                yield _finding(
                    (partition.name, row.label),
                    row.origin if row.origin.line else partition.origin,
                    f"Nobody can ever be in “{row.label}” of {partition.name}: people join on other days",
                    "no day on which somebody joins",
                    None,
                    Severity.NOTE,
                )


def _joining(way: ir.Way, event: str) -> tuple[date, date] | None:
    window = way.select.window
    if way.select.of != ir.Rows(event) or window is None or window.first is None or window.last is None:
        return None
    first, last = window.first, window.last
    if not isinstance(first.anchor, ir.Fixed) or not isinstance(last.anchor, ir.Fixed):
        return None
    if first.months or first.days or last.months or last.days:
        return None
    return first.anchor.day, last.anchor.day


def _is_outside(bounds: ir.Bounds, first: date, last: date) -> bool:
    begins = bounds.first.value if bounds.first is not None else first
    ends = bounds.last.value if bounds.last is not None else last
    return (isinstance(begins, date) and begins > last) or (isinstance(ends, date) and ends < first)


# ---------------------------------------------------------------- words


def _finding(
    of: tuple[str, ...],
    origin: ir.Origin,
    message: str,
    label: str,
    stake: Fraction | None,
    severity: Severity | None = None,
) -> Finding:
    return Finding(
        of=of,
        origin=origin,
        message=message,
        label=label,
        stake=stake or Fraction(0),
        argument="its least value is above the greatest that the number can have",
        remedies=(
            Remedy("lower it to what can be reached", "it can then matter"),
            Remedy("strike it out", "nothing is promised that cannot be earned"),
        ),
        severity=severity,
    )


def _name(of: ir.Quantity) -> str:
    match of:
        case ir.Read(name):
            return name
        case ir.Counted(ir.Select(ir.People(name) | ir.Achievements(name) | ir.Rows(name) | ir.Members(name))):
            return f"the number counted of {name}"
        case _:
            return "what is compared"


def _said(study: Study, unit: ir.Unit, value: Fraction | date | str) -> str:
    if not isinstance(value, Fraction):
        return str(value)
    match unit:
        case ir.Unit.MONEY:
            return study.money(value)
        case ir.Unit.PERCENTAGE:
            return f"{count(value * 100)}%"
        case _:
            return count(value)


def _stars(second: int) -> str:
    return (
        "insert define Job Rate of each Referral Cohort as the proportion of Jobseekers with a Lasting Job\n"
        "insert table Stars by Job Rate\n"
        f"  below 50% 1\n  from 50% to below {second}% 2\n  from {second}% 3"
    )


RULE = Rule(
    code="OC22",
    name="tiers-overlap-or-gap",
    severity=Severity.ERROR,
    means=Means.TERMS,
    summary="Bands overlap, leave a gap, or lie where no figure can come.",
    rationale=(
        "A band for more than 100% of the people, or a bonus for more jobs than there are people, is a promise that "
        "cannot be earned, and mostly a slip: somebody believes in money that nobody will pay."
    ),
    guards=(
        "half-open bands that meet, up to what the figure can be",
        "a row that pays nothing, or the same as the row before",
        "what nothing in the contract bounds",
    ),
    blind="A band that could be reached and in practice never will be.",
    source="General; INDIGO Impact Bond Dataset band tables",
    bad=_stars(120),
    good=_stars(80),
    check=check,
    stopped_by=("OL150", "OL151", "OL152", "OL133"),
)
