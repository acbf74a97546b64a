"""Whose each row of a log is, and each verdict: the queries that put a log in order of people.

A row is of its participant (or of nobody: “”); a verdict is of whom the row is that it names, or of whom it speaks.
What has no owner is everybody's: rows of `shared` events, and what is said of a cohort, a period or the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.log.rulings import ROW, SOMEBODY, things
from outcomelang.relational import primitives as p
from outcomelang.relational.attributes import attribute_columns
from outcomelang.relational.relations import Column

E = exp.Expr
OF_ROW = ("day", "id", "recorded", "participant", "event", "source", "file", "line")
OF_VERDICT = ("target", "verified", "kind", "about", "whose")
"""Columns come in this order: the owner, those of every row, the attributes, those of verdicts."""


def belonging(contract: ir.Contract, shared: frozenset[str], day: date, corrected: bool) -> exp.Select:
    """Everything that is somebody's or nobody's, in order of whose it is."""
    query = _Owners(contract, shared, day, corrected).query()
    return query.where(p.present(exp.column("owner"))).order_by(exp.Ordered(this=exp.column("owner"), nulls_first=True))


def everybodys(contract: ir.Contract, shared: frozenset[str], day: date, corrected: bool) -> exp.Select:
    """Everything that is everybody's."""
    return _Owners(contract, shared, day, corrected).query().where(p.missing(exp.column("owner")))


@frozen
class _Owners:
    """As known on a day; `corrected` says that some rows stand in several versions."""

    contract: ir.Contract
    shared: frozenset[str]
    day: date
    corrected: bool

    def query(self) -> exp.Select:
        every = exp.union(self._rows(), self._verdicts(), distinct=False).subquery("log")
        return exp.select(*(exp.column(name) for name in self._names())).from_(every)

    def _names(self) -> list[str]:
        """Attributes are named by number: they may have any name."""
        return ["owner", *OF_ROW, *(f"of_{number}" for number in range(len(self._held()))), *OF_VERDICT]

    def _held(self) -> tuple[Column, ...]:
        return attribute_columns(self.contract)

    def _rows(self) -> exp.Select:
        fixed: list[E] = [exp.column(name, table="r") for name in OF_ROW]
        own: list[E] = [exp.column(column.name, table="r", quoted=True) for column in self._held()]
        nothing: list[E] = [exp.cast(exp.null(), "boolean" if name == "verified" else "varchar") for name in OF_VERDICT]
        return self._named([self._of_row(), *fixed, *own, *nothing]).from_(self._known("rows").subquery("r"))

    def _verdicts(self) -> exp.Select:
        v = {name: exp.column(name, table="v") for name in (*OF_ROW, *OF_VERDICT)}
        said = things(self.contract).values()
        of_row = p.any_of(
            p.same(v["about"], p.text("")), _among(v["about"], [each.name for each in said if each.of == ROW])
        )
        of_somebody = _among(v["about"], [each.name for each in said if each.of == SOMEBODY])
        owner = p.case((of_row, self._of_row()), (of_somebody, v["whose"]))
        nothing = exp.cast(exp.null(), "varchar")
        fixed: list[E] = [nothing if name in ("participant", "event") else v[name] for name in OF_ROW]
        own: list[E] = [exp.cast(exp.null(), column.type.value) for column in self._held()]
        named = self._known("rows").subquery("r")
        return (
            self._named([owner, *fixed, *own, *(v[name] for name in OF_VERDICT)])
            .from_(self._known("verdicts").subquery("v"))
            .join(named, on=p.same(v["target"], exp.column("id", table="r")), join_type="left")
            .where(p.any_of(p.present(exp.column("id", table="r")), exp.not_(exp.paren(of_row))))
        )

    def _named(self, values: Sequence[E]) -> exp.Select:
        return exp.select(*(value.copy().as_(name) for value, name in zip(values, self._names(), strict=True)))

    def _of_row(self) -> E:
        """Whose a row is; nobody's in particular where everybody sees it."""
        participant = exp.column("participant", table="r")
        if not self.shared:
            return participant
        own = exp.not_(exp.paren(p.one_of(exp.column("event", table="r"), sorted(self.shared))))
        return p.case((own, participant))

    def _known(self, name: str) -> exp.Select:
        """The latest version of each, as far as its word counts."""
        then = p.at_most(exp.column("recorded"), p.day(self.day))
        query = exp.select(exp.Star()).from_(exp.table_(name, quoted=True)).where(then)
        if not self.corrected:
            return query.where(exp.column("counts"))
        turn = p.numbered([exp.column("id")], [(exp.column("recorded"), True)])
        versions = query.select(turn.as_("turn in the log", quoted=True)).subquery("versions")
        first = p.same(exp.column("turn in the log", quoted=True), p.whole(1))
        return exp.select(exp.Star()).from_(versions).where(first, exp.column("counts"))


def _among(value: E, names: Sequence[str]) -> E:
    return p.one_of(value, names) if names else p.flag(False)
