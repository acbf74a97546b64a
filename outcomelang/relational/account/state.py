"""What is known of the drafts after some stages: under which name they stand, and with which columns.

Drafts are many and wide, so no stage copies them: it leaves a small table behind (days on which a limit takes
something, shares, subjects), and the drafts after it are a view that joins it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational.account.words import alias, column, table, when
from outcomelang.relational.cuts import Cuts
from outcomelang.relational.plan import Stage
from outcomelang.relational.primitives import E, minus, text, whole, whole_sum
from outcomelang.relational.relations import DRAFTS, Column, Relation, Type, exact
from outcomelang.relational.stage_needs import outcome_places
from outcomelang.relational.trees import select

ORDER = ("day", "line", "label", "sequence", "tie")
"""The total order of drafts; the parts of one unit have it in common, and follow one another by `place`."""

ACCOUNT = (
    Column("line", Type.WHOLE),
    Column("payer", Type.TEXT),
    Column("payee", Type.TEXT),
    Column("place", Type.WHOLE),
    Column("part", Type.TEXT),
    *exact("counted"),
    *exact("amount"),
    *exact("rounding"),
)
"""What the account adds to the columns of drafts. `line` is the first payment of the same name, `part` tells an entry
that a stage added from the unit that it belongs to (as in an id; empty for the unit itself)."""


class Unsaid(Exception):
    """A stage that sets cannot say; the argument is why, for a reader."""


@frozen
class Check:
    """A query that gives no row as long as sets can say what the stage before it does. `why` is for a reader."""

    query: exp.Query
    why: str


@frozen
class State:
    """The drafts as `name` after some stages. `whole` says that every amount is whole minor units (`amount_d` is 1),
    `parts` how many parts a unit has at most."""

    contract: ir.Contract
    as_of: int
    name: str
    columns: tuple[str, ...]
    whole: bool
    parts: int = 1
    cuts: tuple[Cuts, ...] = ()
    stages: tuple[Stage, ...] = ()
    checks: tuple[Check, ...] = ()
    sides: tuple[tuple[str, str], ...] | None = None
    """Payer and payee by payment, as long as the payment alone says them."""
    mode: tuple[str, int] | None = None
    """How each amount is rounded, if that is how the contract rounds."""
    whole_flows: frozenset[int] = frozenset()
    """The places of payments that come to whole minor units before any rounding."""

    periods: Mapping[str, Sequence[tuple[int, int, int]]] = field(factory=dict)
    """Of each calendar the number, first and last day of every period."""

    # ------------------------------------------------------------ reading

    def col(self, name: str) -> E:
        return column(name, self.name)

    def source(self) -> exp.Table:
        return table(self.name)

    def order(self) -> list[E]:
        return [self.col(name) for name in ORDER]

    def flows(self, names: Sequence[str]) -> list[int]:
        """The places of the payments that have one of these names; of all payments, where none is named."""
        return [place for place, flow in enumerate(self.contract.flows) if not names or flow.name in names]

    def is_flow(self, places: Sequence[int]) -> E:
        """Whether a draft is of one of these payments."""
        if len(places) == len(self.contract.flows):
            return exp.true()
        if not places:
            return exp.false()
        return exp.In(this=self.col("flow"), expressions=[whole(place) for place in places])

    def by_flow(self, values: Sequence[E]) -> E:
        """A value for each payment: one, where all are alike. Of no payment there is no draft that would have one."""
        if not values:
            return exp.null()
        if all(value == values[0] for value in values):
            return values[0]
        places: dict[E, list[int]] = {}
        for place, value in enumerate(values):
            places.setdefault(value, []).append(place)
        cases = [exp.If(this=self.is_flow(some), true=value) for value, some in places.items()]
        return exp.Case(ifs=cases[:-1], default=cases[-1].args["true"])

    def by_plan(self, flow: int, places: Mapping[str, int]) -> E:
        """Where the outcome of a payment stands in its plan."""
        cases = [
            exp.If(this=exp.EQ(this=self.col("outcome"), expression=text(name)), true=whole(place))
            for name, place in places.items()
        ]
        return when(self.is_flow([flow]), exp.Case(ifs=cases, default=whole(0)), whole(0))

    def summed(self, by: Mapping[str, E], value: E, called: str, where: E) -> exp.Select:
        """The sum of a whole number over drafts for which something holds, by some of what is said of them."""
        query = (
            select(*(alias(key, name) for name, key in by.items()), alias(whole_sum(value), called))
            .from_(self.source())
            .group_by(*by.values())
        )
        return query if where == exp.true() else query.where(where)

    # ------------------------------------------------------------ growing

    def keep(self, name: str, query: exp.Query, comment: str, clause: str = "") -> State:
        """Leave a small table behind."""
        return self._staged(name, (), query, comment, clause, read=2)

    def check(self, query: exp.Query, why: str) -> State:
        return evolve(self, checks=(*self.checks, Check(query, why)))

    def become(
        self,
        name: str,
        changed: Mapping[str, E],
        comment: str,
        clause: str = "",
        joins: Sequence[exp.Join] = (),
        where: E | None = None,
    ) -> State:
        """The drafts after a stage: as they were, but for what is changed or new."""
        columns = tuple(dict.fromkeys((*self.columns, *changed)))
        chosen = [alias(changed[each], each) if each in changed else self.col(each) for each in columns]
        query = select(*chosen).from_(self.source())
        for join in joins:
            query.append("joins", join)
        if where is not None:
            query = query.where(where)
        return self.replaced(name, columns, query, comment, clause)

    def replaced(
        self, name: str, columns: tuple[str, ...], query: exp.Query, comment: str, clause: str, read: int = 1
    ) -> State:
        """The drafts after a stage, as a query gives them."""
        return evolve(self._staged(name, columns, query, comment, clause, read), name=name, columns=columns)

    def _staged(
        self, name: str, columns: tuple[str, ...], query: exp.Query, comment: str, clause: str, read: int
    ) -> State:
        relation = Relation(name, tuple(_COLUMNS.get(each, Column(each, Type.WHOLE)) for each in columns))
        return evolve(self, stages=(*self.stages, Stage(relation, query, comment, clause, read)))

    def cut(
        self,
        name: str,
        kept: E,
        said: Sequence[tuple[str, str]],
        comment: str,
        clause: str,
        joins: Sequence[exp.Join] = (),
        uncounted: E | None = None,
    ) -> State:
        """Leave so much of each amount (a numerator over `amount_d`), and remember what was taken; where `uncounted`
        holds, the units do not count any more."""
        taken = f"cut_{len(self.cuts)}"
        changed = {
            "amount_n": kept,
            f"{taken}_n": minus(self.col("amount_n"), kept),
            f"{taken}_d": self.col("amount_d"),
        }
        if uncounted is not None:
            changed["counted_n"] = when(uncounted, whole(0), self.col("counted_n"))
        return evolve(self.become(name, changed, comment, clause, joins), cuts=(*self.cuts, Cuts(taken, tuple(said))))


_COLUMNS = {each.name: each for each in (*DRAFTS, *ACCOUNT)}


def begin(contract: ir.Contract, as_of: int, labels: Sequence[str]) -> State:
    """The drafts as the plan leaves them."""
    columns = (*(each.name for each in DRAFTS), *labels)
    return State(contract, as_of, "drafts", columns, whole=False)


def full_order(state: State) -> list[E]:
    """The total order of drafts, then the order in which one payment is earned (its terms in turn), then that of the
    parts of a unit."""
    places = [state.by_plan(place, names) for place, names in outcome_places(state.contract).items()]
    earned = ("flow", "joined", "participant", "episode", "period")
    return [*state.order(), *(state.col(name) for name in earned), *places, state.col("place")]
