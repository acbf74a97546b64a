"""Trees of queries as values: parts are shared between trees, and nothing is changed once somebody else has it.

SQLGlot's own builders copy all there is so far at every step, so that the time to write a plan would grow with the
square of it. Here each step copies one node. SQLGlot makes one tree of what is shared when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, wraps
from operator import is_
from typing import Any, ParamSpec, Self, TypeVar

from sqlglot import exp

E = exp.Expr
T = TypeVar("T", bound=exp.Expr)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def _sharing(build: Callable[_P, _R]) -> Callable[_P, _R]:
    """A builder of SQLGlot's that leaves the query as it is, and copies nothing beneath it."""

    @wraps(build)
    def built(*given: _P.args, **said: _P.kwargs) -> _R:
        query, *parts = given
        return build(query.again(), *parts, **said, copy=False)  # type: ignore[attr-defined, arg-type]

    return built


def _unparsed(join: Callable[_P, _R]) -> Callable[_P, _R]:
    """`join` for kinds that are known; SQLGlot parses a text to find out what each is."""
    kinds = {"": {}, "left": {"side": "LEFT"}, "cross": {"kind": "CROSS"}, "anti": {"kind": "ANTI"}}

    @wraps(join)
    def joined(*given: _P.args, **said: _P.kwargs) -> _R:
        query, other, *rest = given
        kind = kinds[str(said.pop("join_type", ""))]
        return join(query, exp.Join(this=other, **kind), *rest, **said)  # type: ignore[arg-type]

    return joined


class Select(exp.Select):
    """A query to which each step adds in a query of its own."""

    select = _sharing(exp.Select.select)
    from_ = _sharing(exp.Select.from_)
    join = _sharing(_unparsed(exp.Select.join))
    where = _sharing(exp.Select.where)
    group_by = _sharing(exp.Select.group_by)
    having = _sharing(exp.Select.having)
    distinct = _sharing(exp.Select.distinct)
    order_by = _sharing(exp.Select.order_by)
    limit = _sharing(exp.Select.limit)
    subquery = _sharing(exp.Select.subquery)

    def again(self) -> Self:
        """The same query, to be changed."""
        return changed(self)


def changed(node: T, **parts: Any) -> T:
    """A node like another one but for some parts."""
    made = type(node)()
    made.args = {key: list(part) if type(part) is list else part for key, part in (node.args | parts).items()}
    return made


def select(*columns: E) -> exp.Select:
    return Select().select(*columns)


def together(parts: Sequence[exp.Query]) -> exp.Query:
    """All rows of several queries."""
    every, *others = parts
    for part in others:
        every = exp.Union(this=every, expression=part, distinct=False)
    return every


def stacked(parts: Sequence[exp.Query], name: str) -> exp.Subquery:
    """All rows of several queries, to be read under a name."""
    return exp.Subquery(this=together(parts), alias=exp.TableAlias(this=exp.to_identifier(name)))


def named(value: E, name: str) -> exp.Alias:
    """A value under a quoted name."""
    return exp.Alias(this=value, alias=exp.to_identifier(name, quoted=True))


def cast(value: E, to: str) -> E:
    """A value as one of a type."""
    kind = _type(to)
    return value if isinstance(value, exp.Cast) and value.to == kind else exp.Cast(this=value, to=kind)


def as_int(number: E) -> E:
    """What is added to a day is a whole number of 32 bits on either engine."""
    return number if isinstance(number, exp.Literal | exp.Neg) else cast(number, "int")


def int_div(a: E, b: E) -> E:
    """One whole number over another without what is left, as engines write it."""
    return exp.IntDiv(this=exp.Paren(this=a), expression=exp.Paren(this=b))


@cache
def _type(name: str) -> exp.DataType:
    return exp.DataType.build(name)


def reads(value: E) -> bool:
    """Whether a value is told by columns, and not fixed."""
    return next(parts(value, exp.Column), None) is not None


def parts(tree: E, *kinds: type[T]) -> Iterator[T]:
    """Every node of some kinds in a tree, as often as it stands there (see `_SMALL`)."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, kinds):
            yield node
        stack += _below(node)


def of(table: str, value: E) -> E:
    """A value of a sheet where the sheet stands under a name in a query."""

    def qualified(node: E) -> E:
        if isinstance(node, exp.Column) and not node.table:
            return exp.column(node.name, table=table, quoted=True)
        return node

    return rewritten(value, qualified)


def bare(value: E) -> E:
    """A value of a query as one of the sheet that is made of it."""
    return rewritten(value, lambda node: exp.column(node.name, quoted=True) if isinstance(node, exp.Column) else node)


def rewritten(tree: E, change: Callable[[E], E]) -> E:
    """A tree with some nodes in place of others; what stays as it is is shared."""
    made: dict[int, E] = {}
    stack = [(tree, False)]
    while stack:
        node, is_ready = stack.pop()
        if id(node) in made:
            continue
        if is_ready:
            made[id(node)] = _over(node, made)
        elif (new := change(node)) is not node:
            made[id(node)] = new
        else:
            stack.append((node, True))
            stack += [(each, False) for each in _below(node)]
    return made[id(tree)]


_SMALL = frozenset({exp.Identifier, exp.Literal, exp.DataType, exp.Null, exp.Boolean, exp.Star})
"""Half of all nodes; nobody looks for them, nor within a column."""


def _below(node: E) -> list[E]:
    """The nodes right below one."""
    found: list[E] = []
    if type(node) is exp.Column:
        return found
    for part in node.args.values():
        if type(part) is list:
            found += [each for each in part if isinstance(each, exp.Expr) and type(each) not in _SMALL]
        elif isinstance(part, exp.Expr) and type(part) not in _SMALL:
            found.append(part)
    return found


def listed(part: object) -> list[E]:
    """The nodes that stand under a name in another one."""
    return [each for each in (part if isinstance(part, list) else [part]) if isinstance(each, exp.Expr)]


def _over(node: E, made: dict[int, E]) -> E:
    """A node over what was made of those below it."""
    args = {
        key: [made.get(id(each), each) for each in part] if type(part) is list else made.get(id(part), part)
        for key, part in node.args.items()
    }
    if all(
        all(map(is_, part, node.args[key])) if type(part) is list else part is node.args[key]
        for key, part in args.items()
    ):
        return node
    new = type(node)()
    new.args = args
    return new
