"""The ledger of drafts that stand in an engine: by sets where the contract and its log allow it, else by the fold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from attrs import evolve, frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.ledger import Entries, Entry, Ledger, Line
from outcomelang.evaluation.meaning import Meaning
from outcomelang.relational.account.compiled import SetBased, account
from outcomelang.relational.account.state import begin, full_order
from outcomelang.relational.account.statement import lines, sums
from outcomelang.relational.account.straight import Straight, straight
from outcomelang.relational.account.words import alias, column, table
from outcomelang.relational.drafted import Drafted
from outcomelang.relational.engines import Engine, EngineError
from outcomelang.relational.fold import Drawn, Folded, Known, fold
from outcomelang.relational.narrowing import Wanted, narrowed
from outcomelang.relational.plan import Refusal, Stage
from outcomelang.relational.primitives import numbered
from outcomelang.relational.relations import PENDING, REPORTS
from outcomelang.relational.stage_needs import beside_drafts

BESIDE = ("pending", "reports", "endings", "unsaid")
"""What an account reads of a plan beside its drafts."""

PAGE = 4_096
"""How many entries are fetched at once."""


@frozen
class Accounted:
    """A ledger, and why the sequential fold made it, where sets did not. Its entries are read from the engine, one by
    one or `straight`."""

    ledger: Ledger
    folded: str | None
    straight: Straight | None = None


@frozen
class Steps:
    """What runs in an engine, in order: the stages of the plan that the account asks for, then its `own`. `whole` are
    those of the plan with every column that the fold asks for."""

    found: SetBased | Refusal
    plan: tuple[Stage, ...]
    own: tuple[Stage, ...]
    whole: tuple[Stage, ...]


def steps(contract: ir.Contract, as_of: int, plan: Sequence[Stage] = (), entries: bool = True) -> Steps:
    """What there is to run for an account. Without `entries` the ledger has lines alone, and drafts fewer columns."""
    found = account(contract, as_of)
    last: dict[str, Wanted] = {stage.relation.name: None for stage in plan if stage.relation.name in BESIDE}
    if isinstance(found, Refusal):
        asked = narrowed(plan, {**last, "drafts": frozenset(_drawn_columns(contract))})
        return Steps(found, asked, (), asked)
    if entries:
        last[found.state.name] = None
    stages = narrowed((*plan, *found.stages), last, [check.query for check in found.checks] + sums(found.state))
    own = {stage.relation.name for stage in found.stages}
    kinds = {stage.relation.name: stage.read for stage in stages}
    return Steps(
        found,
        tuple(stage for stage in stages if stage.relation.name not in own),
        tuple(stage for stage in stages if stage.relation.name in own),
        tuple(evolve(stage, read=kinds.get(stage.relation.name, stage.read)) for stage in plan),
    )


def accounted(contract: ir.Contract, known: Known, engine: Engine, asked: Steps | None = None) -> Accounted:
    """The account, once the `plan` of its steps has run (none, where the drafts stand there already)."""
    asked = steps(contract, as_of(contract, known)) if asked is None else asked
    if isinstance(asked.found, Refusal):
        return Accounted(fold(contract, known, _drawn(contract, engine)), asked.found.why)
    failed = _failed(engine, asked.found, asked.own)
    if failed is None:
        ledger = _Accounted(contract, known, engine, asked.found).ledger(known.digest)
        return Accounted(ledger, None, straight(asked.found.state, engine))
    for stage in asked.whole:
        engine.keep(stage.relation.name, stage.query, stage.read)
    return Accounted(fold(contract, known, _drawn(contract, engine)), failed)


def _failed(engine: Engine, found: SetBased, own: Sequence[Stage]) -> str | None:
    """Run the stages; why sets cannot say what they do with these drafts, if so."""
    try:
        for stage in own:
            engine.keep(stage.relation.name, stage.query, stage.read)
        return next((check.why for check in found.checks if engine.fetch(check.query)), None)
    except EngineError as problem:
        return f"the engine could not reckon with a number: {problem.first_words}"


def as_of(contract: ir.Contract, known: Known) -> int:
    """The day of the account."""
    last = known.as_of or contract.last_claim
    return last.toordinal() if last is not None else known.last_day


def _drawn_columns(contract: ir.Contract) -> tuple[str, ...]:
    return begin(contract, 0, beside_drafts(contract)).columns


def _drawn(contract: ir.Contract, engine: Engine, drafts: bool = True) -> Drawn:
    """The relations as the fold wants them."""
    columns = _drawn_columns(contract)
    chosen = [column(name) for name in columns]
    return Drawn(
        columns=columns,
        drafts=engine.stream(exp.select(*chosen).from_(table("drafts"))) if drafts else (),
        pending=engine.fetch(exp.select(*(column(each.name) for each in PENDING)).from_(table("pending"))),
        reports=engine.fetch(exp.select(*(column(each.name) for each in REPORTS)).from_(table("reports"))),
        endings=dict(engine.fetch(exp.select(column("event"), column("day")).from_(table("endings")))),
    )


class _Accounted(Folded):
    """The reference's account, whose lines are added up by the engine and whose entries stand there."""

    def __init__(self, contract: ir.Contract, known: Known, engine: Engine, found: SetBased) -> None:
        super().__init__(contract, known, _drawn(contract, engine, drafts=False))
        self.engine, self.state, self.count = engine, found.state, 0

    def _due(self, meaning: Meaning) -> list[Draft]:
        return []

    def _lines(self, meaning: Meaning, drafts: list[Draft]) -> tuple[Line, ...]:
        records = [record for query in sums(self.state) for record in self.engine.fetch(query)]
        self.count = sum(record[-1] for record in records)
        return lines(self.state, [record[:-1] for record in records])

    def _entries(self, meaning: Meaning, drafts: list[Draft]) -> Entries:
        """Put in order when the first is looked at."""
        return Entries(self.count, _Pages(self, meaning).entry)


class _Pages:
    """Entries in the total order, some thousands at a time."""

    def __init__(self, account: _Accounted, meaning: Meaning) -> None:
        self.account, self.meaning = account, meaning
        self._drafted = Drafted(account.contract, meaning.world, account.state.columns, account.state.cuts)
        self._ordered = False
        self._page = lru_cache(maxsize=4)(self._fetched)

    def entry(self, position: int) -> Entry:
        return self._page(position // PAGE)[position % PAGE]

    def _fetched(self, page: int) -> Sequence[Entry]:
        account, state = self.account, self.account.state
        if not self._ordered:
            query = exp.select(
                *(state.col(name) for name in state.columns), alias(numbered([], full_order(state)), "position")
            ).from_(state.source())
            account.engine.keep("due_in_order", query, 2)
            self._ordered = True
        first = page * PAGE
        between = exp.Between(
            this=column("position"), low=exp.Literal.number(first + 1), high=exp.Literal.number(first + PAGE)
        )
        chosen = [column(name) for name in state.columns]
        query = exp.select(*chosen).from_(table("due_in_order")).where(between).order_by(column("position"))
        drafts = self._drafted.drafts(account.engine.fetch(query))
        return [account._entry(self.meaning, draft) for draft in drafts]
