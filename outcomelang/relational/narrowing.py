"""Plans without what nobody reads: every stage keeps the columns that a later one asks for, and no more.

A sheet is written with all that was ever asked of it, level upon level; what is needed only on the way need not be kept
beside the rows of every person. Columns are told apart by name alone, which keeps too much where two tables have one of
the same name, and never too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve
from sqlglot import exp

from outcomelang.relational.plan import Stage
from outcomelang.relational.trees import changed, listed, parts

Wanted = frozenset[str] | None
"""The names of columns that somebody reads; None for all."""

_UNKNOWN = "*"
"""Stands for the columns of a source that is none of the plan's."""


def narrowed(
    stages: Sequence[Stage], last: Mapping[str, Wanted], readers: Sequence[exp.Expr] = ()
) -> tuple[Stage, ...]:
    """The stages that those named in `last` and further `readers` rest on, with the columns that are read."""
    columns: dict[str, tuple[str, ...]] = {}
    for stage in stages:
        columns[stage.relation.name] = tuple(_columns(stage.query, columns))
    wanted: dict[str, Wanted] = dict(last)
    reads: dict[str, int] = {}
    kept: list[Stage] = []
    for reader in readers:
        _note_reads(reader, wanted, reads)
    for stage in reversed(stages):
        name = stage.relation.name
        if name not in wanted:
            continue
        query = _narrow(stage.query, wanted[name], columns)
        assert isinstance(query, exp.Query)
        kept.append(evolve(stage, query=query))
        _note_reads(query, wanted, reads)
    return tuple(evolve(stage, read=_read(stage, reads)) for stage in reversed(kept))


def _read(stage: Stage, reads: Mapping[str, int]) -> int:
    """A stage that was worked out wherever it is read stays so."""
    return 1 if stage.read == 1 else reads.get(stage.relation.name, 0)


def _note_reads(query: exp.Expr, wanted: dict[str, Wanted], reads: dict[str, int]) -> None:
    tables: list[str] = []
    names: set[str] = set()
    all_of_them = False
    for node in parts(query, exp.Table, exp.Column, exp.Select):
        if isinstance(node, exp.Table):
            tables.append(node.name)
        elif isinstance(node, exp.Column):
            names.add(node.name)
        elif isinstance(node, exp.Select):
            all_of_them = all_of_them or _reads_all(node)
    for name in tables:
        reads[name] = reads.get(name, 0) + 1
        before = wanted.get(name, frozenset())
        wanted[name] = None if all_of_them or before is None else before | names


def _reads_all(query: exp.Select) -> bool:
    """Whether a `*` stands for the columns of a stage."""
    return any(
        shown.is_star and any(isinstance(source, exp.Table) for source in _starred(query, shown))
        for shown in query.expressions
    )


# ---------------------------------------------------------------- columns


def _columns(query: exp.Expr, of: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The names of the columns of a query, in order."""
    match query:
        case exp.SetOperation():
            yield from _columns(_chain(query)[1], of)
        case exp.Subquery():
            yield from _columns(query.this, of)
        case exp.Table():
            yield from of.get(query.name, (_UNKNOWN,))
        case exp.Select():
            for shown in query.expressions:
                if shown.is_star:
                    yield from (name for source in _starred(query, shown) for name in _columns(source, of))
                else:
                    yield shown.alias_or_name
        case _:
            yield _UNKNOWN  # a list that is spread out


def _starred(query: exp.Select, star: exp.Expr) -> list[exp.Expr]:
    """The sources whose columns a `*` or `s.*` stands for."""
    of = star.table if isinstance(star, exp.Column) else ""
    return [source for source in _sources(query) if not of or source.alias_or_name == of]


def _sources(query: exp.Select) -> Iterator[exp.Expr]:
    first = query.args.get("from_")
    if first is not None:
        yield first.this
    for join in query.args.get("joins") or ():
        yield join.this


# ---------------------------------------------------------------- narrowing


def _narrow(query: exp.Expr, wanted: Wanted, of: Mapping[str, tuple[str, ...]]) -> exp.Expr:
    match query:
        case exp.SetOperation():
            return _narrow_all(query, wanted, of)
        case exp.Subquery():
            return changed(query, this=_narrow(query.this, wanted, of))
        case exp.Select():
            return _narrow_select(query, wanted, of)
        case _:
            return query  # a stage, narrowed in its turn, or a list that is spread out


def _narrow_all(query: exp.SetOperation, wanted: Wanted, of: Mapping[str, tuple[str, ...]]) -> exp.Expr:
    """All that are put together lose the same places; where equal rows become one, every column counts."""
    chain, every = _chain(query)
    shown = list(_columns(every, of))
    if _counts_all(query):
        wanted = None
    places = [place for place, name in enumerate(shown) if wanted is None or name in wanted] or [0]

    def side(part: exp.Expr) -> exp.Expr:
        names = list(_columns(part, of))
        assert len(names) == len(shown) == len(set(names)), names
        return _narrow(part, None if wanted is None else frozenset(names[place] for place in places), of)

    every = side(every)
    for each in reversed(chain):
        every = changed(each, this=every, expression=side(each.expression))
    return every


def _chain(query: exp.Expr) -> tuple[list[exp.SetOperation], exp.Expr]:
    """What is put together one after the other, from the last, and the first of them: there may be hundreds."""
    chain = []
    while isinstance(query, exp.SetOperation):
        chain.append(query)
        query = query.this
    return chain, query


def _counts_all(query: exp.Expr) -> bool:
    """Whether every column counts, as equal rows become one."""
    match query:
        case exp.SetOperation():
            chain, first = _chain(query)
            return _counts_all(first) or any(
                each.args.get("distinct") or _counts_all(each.expression) for each in chain
            )
        case exp.Select():
            return query.args.get("distinct") is not None
        case exp.Subquery(this=inner):
            return _counts_all(inner)
        case _:
            return False


def _narrow_select(query: exp.Select, wanted: Wanted, of: Mapping[str, tuple[str, ...]]) -> exp.Expr:
    if _counts_all(query):
        wanted = None
    own = _own_names(query, wanted)
    asked = own if not any(each.is_star for each in query.expressions) else None if wanted is None else own | wanted
    shown = [each for one in query.expressions for each in _spelled_out(query, one, wanted, own, of)]
    kept = [each for each in shown if wanted is None or each.is_star or each.alias_or_name in wanted]
    sources: dict[str, object] = {"joins": [_read_less(join, asked, of) for join in query.args.get("joins") or ()]}
    if "from_" in query.args:
        sources["from_"] = _read_less(query.args["from_"], asked, of)
    return changed(query, expressions=kept or shown[:1] or [exp.Literal.number(1)], **sources)


def _read_less(source: exp.Expr, asked: Wanted, of: Mapping[str, tuple[str, ...]]) -> exp.Expr:
    """A `FROM` or a join, of which so much is asked."""
    return changed(source, this=_narrow(source.this, asked, of))


def _spelled_out(
    query: exp.Select, shown: exp.Expr, wanted: Wanted, own: frozenset[str], of: Mapping[str, tuple[str, ...]]
) -> Iterator[exp.Expr]:
    """The columns that a `*` stands for, as far as they are known and wanted; anything else as it is, and a `*` too
    where it stands for nothing more than what is wanted of a query."""
    if not shown.is_star:
        yield shown
        return
    sources = _starred(query, shown)
    names = [(source, name) for source in sources for name in _columns(source, of)]
    more = wanted is not None and any(name in own and name not in wanted for _, name in names)
    if any(name == _UNKNOWN for _, name in names) or not (more or any(isinstance(s, exp.Table) for s in sources)):
        yield shown
        return
    for source, name in names:
        if wanted is None or name in wanted:
            yield exp.column(name, table=source.alias_or_name or None, quoted=True)


def _own_names(query: exp.Select, wanted: Wanted) -> frozenset[str]:
    """The names of columns that a query speaks of itself, outside the sources that are queries of their own, for what
    is wanted of it."""
    own = [each for each in query.expressions if wanted is None or each.is_star or each.alias_or_name in wanted]
    for key, part in query.args.items():
        if key == "joins" or key == "from_":
            own += [each for source in listed(part) for each in _beside(source)]
        elif key != "expressions":
            own += listed(part)
    return frozenset(column.name for each in own for column in parts(each, exp.Column))


def _beside(source: exp.Expr) -> list[exp.Expr]:
    """What a `FROM` or a join says, but for a source that is a query or a table."""
    apart = isinstance(source.this, exp.Subquery | exp.Table)
    return [each for name, part in source.args.items() if not (apart and name == "this") for each in listed(part)]
