"""From every version of every row to facts: what was known on the day of the account, and what of it is verified.

As `evaluation.facts`: the latest version of each row recorded by then; rows that count; of events that are verified,
those which their own source, a verdict or silence verified. Rows that wait for it are claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import primitives as p
from outcomelang.relational.book import Refused
from outcomelang.relational.relations import ROWS, VERDICTS
from outcomelang.relational.row_tests import column_of, plain_passes
from outcomelang.relational.trees import select, stacked

if TYPE_CHECKING:
    from outcomelang.relational.compiler import Compiler

E = exp.Expr


def r(name: str) -> E:
    """A column of the row at hand, where rows stand as `r`."""
    return exp.column(name, table="r", quoted=True)


def _latest(c: Compiler, table: str, alias: str) -> exp.Select:
    """The latest version of each row recorded by the day of the account."""
    fixed = tuple(column.name for column in (ROWS if table == "rows" else VERDICTS))
    held = c.attribute_columns if table == "rows" else ()
    shown: list[E] = [exp.column(name, table=alias, quoted=True) for name in fixed]
    shown += [exp.column(name, table=alias, quoted=True).as_(column_of(name), quoted=True) for name in held]
    columns = [exp.column(name, table=alias, quoted=True) for name in (*fixed, *map(column_of, held))]
    query = select(*shown).from_(exp.alias_(exp.table_(table, quoted=True), alias, table=True))
    query = query.where(p.at_most(exp.column("recorded", table=alias, quoted=True), p.day(c.as_of)))
    if not c.corrected:
        return query
    turn = p.numbered([shown[1]], [(shown[2], True)])
    versions = query.select(turn.as_("version"))
    return select(*columns).from_(versions.subquery(alias)).where(p.same(exp.column("version"), p.whole(1)))


def known_rows(c: Compiler) -> exp.Table:
    said = "The latest version of each row known on the day of the account"
    return c.book.stage("known rows", _latest(c, "rows", "r"), said, light=not c.corrected)


def known_verdicts(c: Compiler) -> exp.Table:
    return c.book.stage("known verdicts", _latest(c, "verdicts", "v"), "The latest version of each verdict known then")


def verified_rows(c: Compiler) -> exp.Table:
    """Rows that count, each with its standing (verified, waiting or rejected) and the day that decided it."""
    rules = {event.name: event.verification for event in c.contract.events if event.verification is not None}
    if not rules:
        given = [r(name) for name in c.given_columns]
        query = select(*given, p.text("verified").as_("standing"), p.NULL_DAY.as_("verified_on"))
        query = query.from_(exp.alias_(c.known_rows, "r", table=True)).where(r("counts"))
        return c.book.stage("counted rows", query, "Rows whose source may report them", light=True)
    standing, on = _standing(c, rules)
    shown = [x(name) for name in c.given_columns]
    query = select(*shown, standing.as_("standing"), on.as_("verified_on")).from_(_beside_words(c, rules).subquery("x"))
    return c.book.stage("counted rows", query, "Rows whose source may report them, and whether they are verified")


def x(name: str) -> E:
    """A column of a row beside what was said of it."""
    return exp.column(name, table="x", quoted=True)


def _beside_words(c: Compiler, rules: dict[str, ir.Verification]) -> exp.Select:
    """Rows with the verdict on them, if any, and the day after which silence decides."""
    silent = p.case(*((p.same(r("event"), p.text(name)), _silent(c, rule)) for name, rule in rules.items()))
    own = [p.all_of(p.same(r("event"), p.text(name)), p.one_of(r("source"), rule.by)) for name, rule in rules.items()]
    words = _words_on_rows(c).subquery("v")
    said = [exp.column(name, table="v", quoted=True) for name in ("verified", "day")]
    query = select(*(r(name) for name in c.given_columns), silent.as_("silent"), p.any_of(*own).as_("own"))
    query = query.select(said[0].as_("said"), said[1].as_("said_on")).from_(exp.alias_(c.known_rows, "r", table=True))
    on = p.same(r("id"), exp.column("target", table="v", quoted=True))
    return query.join(words, on=on, join_type="left").where(r("counts"))


def _standing(c: Compiler, rules: dict[str, ir.Verification]) -> tuple[E, E]:
    """Verified by its own source, by a verdict in time, or by silence; else rejected, or waiting."""
    heard, over = p.holds(p.at_most(x("said_on"), x("silent"))), p.holds(p.at_most(x("silent"), c.log_end))
    silence = p.any_of(*(p.same(x("event"), p.text(n)) for n, rule in rules.items() if rule.silence_verifies))
    free = p.fails(p.one_of(x("event"), rules))
    verified, waiting, rejected = p.text("verified"), p.text("waiting"), p.text("rejected")
    standing = p.case(
        (free, verified),
        (x("own"), verified),
        (p.all_of(heard, x("said")), verified),
        (heard, rejected),
        (p.all_of(over, silence), verified),
        (over, rejected),
        default=waiting,
    )
    by_word = p.greatest(x("said_on"), x("recorded"))
    on = p.case((free, p.NULL_DAY), (x("own"), x("recorded")), (heard, by_word), (over, x("silent")))
    return standing, on


def _silent(c: Compiler, rule: ir.Verification) -> E:
    """The day after which silence decides."""
    if rule.silence_working:
        return c.working_day(r("recorded"), rule.silence_working)
    if rule.silence_days is None and rule.silence_months is None:
        return p.LAST
    return p.shift(r("recorded"), rule.silence_months or 0, rule.silence_days or 0)


def _words_on_rows(c: Compiler) -> exp.Select:
    """The latest verdict on each row that was given by the day; of two on one day the rejection stands."""

    def v(name: str) -> E:
        return exp.column(name, table="v", quoted=True)

    turn = p.numbered([v("target")], [(v("day"), True), v("verified"), (v("id"), True)])
    words = (
        select(v("target"), v("verified"), v("day"), turn.as_("nth"))
        .from_(exp.alias_(c.known_verdicts, "v", table=True))
        .where(v("counts"), p.same(v("about"), p.text("")), p.at_most(v("day"), p.day(c.as_of)))
    )
    return (
        select(*(exp.column(name, quoted=True) for name in ("target", "verified", "day")))
        .from_(words.subquery("w"))
        .where(p.same(exp.column("nth"), p.whole(1)))
    )


def with_standing(c: Compiler, name: str, standings: tuple[str, ...], comment: str) -> exp.Table:
    """Rows of these standings."""
    query = select(*(r(name) for name in c.columns)).from_(exp.alias_(c.counted_rows, "r", table=True))
    return c.book.stage(name, query.where(p.one_of(r("standing"), standings)), comment)


# ---------------------------------------------------------------- people


def first_each(c: Compiler, query: exp.Select, of: list[E], order: list[E]) -> exp.Select:
    """Of rows `r` the first of each part, with the columns of rows."""
    placed = query.select(p.numbered(of, order).as_("place"), append=True)
    return select(*(r(name) for name in c.columns)).from_(placed.subquery("r")).where(p.same(r("place"), p.whole(1)))


def joined(c: Compiler, population: ir.Population) -> exp.Table:
    """One row for each participant who joins: the first of the ways in that opens (`episodes.episodes_of`)."""
    if not population.once and (population.again_months or population.again_days):
        raise Refused(population, f"a {population.name} may join again, and each joining depends on the one before")
    first = first_each(c, joining_rows(c, population), [r("participant")], [r("day"), r("id")])
    said = f"The row by which each {population.name} joins"
    return c.book.stage(f"{population.name} joins", first, said, population.origin.clause)


def joining_rows(c: Compiler, population: ir.Population) -> exp.Select:
    """Every row on which somebody may join, by any way."""
    ways = [_way(c, way) for way in population.ways]
    return select(*(r(name) for name in c.columns)).from_(stacked(ways, "r"))


def _way(c: Compiler, way: ir.Way) -> exp.Select:
    """The rows by which one may join in this way; the window is looked at after the first is taken."""
    if not isinstance(way.select.of, ir.Rows):
        raise Refused(way, "people join on something else than rows of events")
    event = way.select.of.event
    query = select(*(r(name) for name in c.columns)).from_(exp.alias_(c.facts, "r", table=True))
    query = query.where(p.same(r("event"), p.text(event)), *plain_passes(c, event, way.select.tests, r))
    days = [] if way.select.window is None else _between(way.select.window)
    if way.first and days:
        query = first_each(c, query, [r("participant")], [r("day"), r("id")])
    return query.where(*days) if days else query


def _between(window: ir.Window) -> list[E]:
    tests: list[E] = []
    for edge, sign in ((window.first, exp.GTE), (window.last, exp.LTE)):
        if edge is not None:
            assert isinstance(edge.anchor, ir.Fixed), "joining is bounded by dates"
            tests.append(sign(this=r("day"), expression=p.shift(p.day(edge.anchor.day), edge.months, edge.days)))
    return tests


def _compared(c: Compiler, population: ir.Population) -> E:
    """The population of which somebody who joins is: a comparison population takes those who pass its tests."""
    partition_of = {each.name: each.of for each in c.contract.partitions}
    pairs: list[tuple[E, E]] = []
    for other in c.contract.populations:
        if other.comparison_of is None:
            continue
        if partition_of.get(other.comparison_of, other.comparison_of) != population.name:
            continue
        events = sorted({way.select.of.event for way in population.ways if isinstance(way.select.of, ir.Rows)})
        fits = [
            p.all_of(p.same(r("event"), p.text(event)), *plain_passes(c, event, other.tests, r)) for event in events
        ]
        pairs.append((p.any_of(*fits), p.text(other.name)))
    return p.case(*pairs, default=p.text(population.name)) if pairs else p.text(population.name)


def people(c: Compiler, population: ir.Population) -> exp.Table:
    """Everybody who joined, with the joining row and the population to which it makes them belong."""
    columns = [r(name) for name in c.columns]
    joins = exp.alias_(c.joins(population.name), "r", table=True)
    query = select(*columns, _compared(c, population).as_("population")).from_(joins)
    if population.most is not None:
        query = _admitted(c, population, query)
    return c.book.stage(f"{population.name} people", query, f"Everybody who joined as a {population.name}")


def _admitted(c: Compiler, population: ir.Population, people: exp.Select) -> exp.Select:
    """Of more people than may join the first ones do; comparison people are none of them."""
    assert population.most is not None
    columns = [*(r(name) for name in c.columns), r("population")]
    place = p.numbered([r("population")], [r("day"), r("participant")])
    placed = select(*columns, place.as_("place")).from_(people.subquery("r"))
    own = p.same(r("population"), p.text(population.name))
    admitted = p.any_of(p.fails(own), p.at_most(r("place"), p.whole(population.most)))
    return select(*columns).from_(placed.subquery("r")).where(admitted)


def rows_of_contract(c: Compiler, facts: exp.Table, hint: str) -> exp.Table:
    """Rows of the contract as a whole: not of comparison people, nor `of` somebody who never joins."""
    personal = [event.name for event in c.contract.events if event.of is not None]
    compared = {each.name for each in c.contract.populations if each.comparison_of is not None}
    joining = [each.name for each in c.contract.populations if each.comparison_of is None]
    if not personal and not (joining and compared):
        return facts
    nobodys = exp.not_(p.one_of(r("event"), personal)) if personal else p.flag(True)
    query = select(*(r(name) for name in c.columns)).from_(exp.alias_(facts, "r", table=True))
    if not joining:
        return c.book.stage(hint, query.where(nobodys), _WHOLE)
    theirs = exp.column("own", table="k")
    on = p.same(r("participant"), exp.column("participant", table="k", quoted=True))
    query = query.join(_known_people(c, joining, compared).subquery("k"), on=on, join_type="left")
    return c.book.stage(hint, query.where(p.any_of(theirs, p.all_of(p.missing(theirs), nobodys))), _WHOLE)


def _known_people(c: Compiler, joining: list[str], compared: set[str]) -> exp.Select:
    """Everybody who joined, and whether not only to be compared."""
    participant = exp.column("participant", quoted=True)
    own = exp.not_(p.one_of(exp.column("population"), compared)) if compared else p.flag(True)
    parts = [select(participant, own.as_("own")).from_(c.people(population)) for population in joining]
    if len(parts) == 1:
        return parts[0]
    any_own = exp.Max(this=p.case((exp.column("own"), p.whole(1)), default=p.whole(0)))
    query = select(participant, p.same(any_own, p.whole(1)).as_("own"))
    return query.from_(stacked(parts, "u")).group_by(participant)


_WHOLE = "Rows of the contract as a whole"
