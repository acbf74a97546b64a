"""The book of a plan while it is written: every sheet and every stage, with the levels that put them in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from attrs import define, frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational import trees
from outcomelang.relational.plan import Refusal, Stage
from outcomelang.relational.relations import Relation
from outcomelang.relational.sheets import Sheet, slug
from outcomelang.relational.trees import select

GIVEN = ("rows", "verdicts")
"""The relations that stand there before the first stage."""


@frozen
class Refused(Exception):
    """What the plan cannot say; becomes a `Refusal` with the clause in which the compiler was."""

    node: ir.Node
    why: str


class OneValue(exp.Expression, exp.Func):
    """The value of a column of a stage that has one row, wherever it is read."""

    arg_types = {"this": True, "expression": True}  # noqa: RUF012


@define(eq=False)
class _Stage:
    name: str
    query: exp.Select | exp.Query
    comment: str
    clause: str
    level: int
    light: bool


class Book:
    """Names are unique whatever their case; a stage or a sheet is read only by what stands after it."""

    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self._stages: dict[str, _Stage] = {}
        self._names: set[str] = {*GIVEN, *LAST}
        self._columns: dict[str, Iterator[int]] = {}

    def column_name(self, hint: str) -> str:
        """A name that no other column of any sheet has."""
        base = slug(hint)
        number = next(self._columns.setdefault(base, count(1)))
        return base if number == 1 and base not in _TAKEN else f"{base}_{number}"

    def name(self, hint: str) -> str:
        """A name that no other stage has."""
        name, number = hint, 1
        while name.lower() in self._names:
            number += 1
            name = f"{hint} ({number})"
        self._names.add(name.lower())
        return name

    def sheet(self, hint: str, keys: tuple[str, ...], base: exp.Select, comment: str) -> Sheet:
        sheet = Sheet(self, self.name(hint), keys, base, comment)
        self.sheets[sheet.name] = sheet
        return sheet

    def stage(self, hint: str, query: exp.Query, comment: str, clause: str = "", light: bool = False) -> exp.Table:
        """A query of its own, and the table under which others read it.

        A light one does no more than choose rows: it is worked out wherever it is read.
        """
        name = self.name(hint)
        self._stages[name] = _Stage(name, query, comment, clause, self.level_of(query), light)
        return exp.table_(name, quoted=True)

    def last(self, name: str, query: exp.Query, comment: str) -> None:
        """A stage of `LAST`: its name is nobody else's, whatever a contract calls its payments."""
        assert name in LAST, name
        self._stages[name] = _Stage(name, query, comment, "", self.level_of(query), light=False)

    def level_of(self, query: exp.Expr) -> int:
        """On which level a query can stand."""
        levels = [0]
        for table in trees.parts(query, exp.Table):
            name, _, at = table.name.partition("#")
            if at:
                levels.append(int(at) + 1)
            elif name in self._stages:
                levels.append(self._stages[name].level)
        return max(levels)

    def written(self) -> tuple[Stage, ...]:
        """Every stage in the order in which they can run, those that nobody reads left out."""
        stages = [(each.level, 0, each) for each in self._stages.values()]
        for sheet in self.sheets.values():
            for level in sheet.parts:
                comment = sheet.comment if level == sheet.bottom else ""
                made = _Stage(sheet.written_at(level), sheet.query(level), comment, "", level, light=False)
                stages.append((level, 1, made))
        stages.sort(key=lambda each: each[:2])
        resolved = [(made, _resolved(made.query, self.sheets)) for _, _, made in stages]
        reads: dict[str, int] = {}
        kept: list[tuple[_Stage, exp.Query]] = []
        for made, query in reversed(resolved):
            if made.name not in LAST and made.name not in reads:
                continue
            kept.append((made, query))
            for table in trees.parts(query, exp.Table):
                reads[table.name] = reads.get(table.name, 0) + 1
        return tuple(
            Stage(
                Relation(made.name, ()), query, made.comment, made.clause, 1 if made.light else reads.get(made.name, 0)
            )
            for made, query in reversed(kept)
        )


LAST = ("drafts", "pending", "reports", "endings", "unsaid")
"""What is read by whoever asked for the plan."""
_TAKEN = frozenset(
    {"day", "id", "recorded", "participant", "event", "source", "counts", "file", "line"}
    | {
        "standing",
        "verified_on",
        "population",
        "joined",
        "joined_by",
        "number",
        "part",
        "falls",
        "turn",
        "one",
        "group",
        "period",
    }
)


def _resolved(query: exp.Query, sheets: dict[str, Sheet]) -> exp.Query:
    """With the names of stages in place of sheets on a level."""

    def named(node: exp.Expr) -> exp.Expr:
        match node:
            case OneValue():
                return select(exp.column(node.this)).from_(node.expression).subquery()
            case exp.Table(name=read) if "#" in read:
                name, _, level = read.partition("#")
                written = exp.to_identifier(sheets[name].written_at(int(level)), quoted=True)
                return exp.Table(this=written, alias=node.args.get("alias"))
            case _:
                return node

    found = trees.rewritten(query, named)
    assert isinstance(found, exp.Query)
    return found


def refusal(found: Refused, clause: str) -> Refusal:
    return Refusal(found.node, found.node.origin.clause or clause, found.why)
