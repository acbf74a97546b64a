"""The account of a log that stands in an engine: the plan, then what is due; or the reasons for the reference to do it.

What the plan cannot say is known before anything is read. What only the log shows (a number with more digits than an
engine's whole numbers have) is known when it is met; then too nothing is approximated.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY
from outcomelang.evaluation.ledger import Ledger
from outcomelang.relational import clock
from outcomelang.relational.account.ledger import BESIDE, Steps, accounted, steps
from outcomelang.relational.account.straight import Straight
from outcomelang.relational.compiling import plan
from outcomelang.relational.engines import Engine, EngineError
from outcomelang.relational.fold import Known, fold
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log import LogTables
from outcomelang.relational.plan import Plan, Refusal
from outcomelang.relational.relations import ENDINGS, REPORTS, Column
from outcomelang.relational.stage_needs import refused_stages

if TYPE_CHECKING:  # `people` is loaded only where a plan cannot say a contract: nobody else pays for it
    from outcomelang.relational.people.locality import Local


@frozen
class Evaluated:
    """A ledger whose entries stand in the engine. `by_person` says why what is earned was reckoned person by person,
    `folded` why drafts were reckoned one by one, where they were.

    Close the engine only when the ledger has been read.
    """

    ledger: Ledger
    folded: str | None
    by_person: str | None = None
    straight: Straight | None = None

    def said(self, engine: str) -> str | None:
        """What was done how, in a line; None where the engine did all of it."""
        due = f"what is due was reckoned one by one: {self.folded}"
        if self.by_person is None:
            return None if self.folded is None else f"The engine {engine} found what is earned; {due}."
        earned = f"The engine {engine} found the log's rows; what is earned was reckoned person by person"
        return f"{earned}: {self.by_person}" + (f"; {due}." if self.folded is not None else ".")


@frozen
class ByPerson:
    """How a contract that the plan cannot say is reckoned person by person; `why` it cannot."""

    local: Local
    why: str


def prepared(contract: ir.Contract, as_of: date | None, provenance: bool = True) -> Plan | ByPerson:
    """The plan of a contract for a log in which no row is corrected, before any log is read; where a plan cannot say
    it, how it is reckoned person by person.

    Raises `HandedBack` with what can be done neither way.
    """
    for refusal in refused_stages(contract):
        raise HandedBack(because(refusal))
    made = plan(contract, as_of or contract.last_claim or date.max, corrected=False, provenance=provenance)
    for refusal in (*made.refusals, *filter(None, (_unsaid(contract, made),))):
        return by_person(contract, because(refusal))
    return made


def by_person(contract: ir.Contract, why: str) -> ByPerson:
    """How a contract is reckoned person by person. Raises `HandedBack` where something asked looks further."""
    from outcomelang.relational.people.locality import locality

    found = locality(contract)
    if isinstance(found, Refusal):
        raise HandedBack(f"{why}; nor can each person be reckoned alone: {because(found)}")
    return ByPerson(found, why)


def refused(contract: ir.Contract, as_of: date | None) -> str | None:
    """Why the reference has to make the account of a contract, whatever its log; None where an engine can."""
    try:
        prepared(contract, as_of)
    except HandedBack as why:
        return str(why)
    return None


def evaluate(
    contract: ir.Contract,
    engine: Engine,
    tables: LogTables,
    as_of: date | None,
    digest: str,
    provenance: bool = True,
    made: Plan | ByPerson | None = None,
    step: Callable[[str], None] = lambda said: None,
) -> Evaluated:
    """The account of a contract over ROWS and VERDICTS; `made` is what `prepared` gave. Without `provenance` nobody
    will ask for an entry, only for the lines of the statement.

    Raises `HandedBack` where the reference has to do it.
    """
    day = as_of or contract.last_claim or date.fromordinal(max(tables.last_day, FIRST_DAY))
    made = _for_this_log(contract, tables, as_of, day, provenance, made)
    try:
        ends = _log_ends(engine, tables, day)
        known = Known(tables.files, tables.last_day, ends, as_of, digest, tables.reports)
        if isinstance(made, Plan):
            asked = steps(contract, day.toordinal(), clock.known(made.stages, ends), entries=provenance)
            if (why := _run(engine, asked)) is None:
                found = accounted(contract, known, engine, asked)
                return Evaluated(found.ledger, found.folded, None, found.straight)
            made = by_person(contract, why)
        return _reckoned(contract, engine, tables, day, known, made, provenance, step)
    except EngineError as problem:
        raise HandedBack(f"the engine could not reckon it: {problem.first_words}") from problem


def _for_this_log(
    contract: ir.Contract,
    tables: LogTables,
    as_of: date | None,
    day: date,
    provenance: bool,
    made: Plan | ByPerson | None,
) -> Plan | ByPerson:
    """What was prepared, where it holds for this log: else a plan goes by its corrections and its last day."""
    if made is None:
        made = prepared(contract, day, provenance)
    elif isinstance(made, ByPerson) or not (tables.corrected or (as_of or contract.last_claim) is None):
        return made
    return plan(contract, day, tables.corrected, provenance) if isinstance(made, Plan) else made


def _reckoned(
    contract: ir.Contract,
    engine: Engine,
    tables: LogTables,
    day: date,
    known: Known,
    made: ByPerson,
    entries: bool,
    step: Callable[[str], None],
) -> Evaluated:
    """Person by person; what is due then by sets, or one by one where sets cannot say it of any log."""
    from outcomelang.relational.people.earning import earn, earned
    from outcomelang.relational.people.logs import LogOf

    log = LogOf(contract, engine, tables, day, known.log_ends, made.local.shared)
    asked = steps(contract, day.toordinal(), entries=entries)
    if isinstance(asked.found, Refusal):
        return Evaluated(fold(contract, known, earned(log, made.local, step)), asked.found.why, made.why)
    earn(log, made.local, step)
    found = accounted(contract, known, engine, asked)
    return Evaluated(found.ledger, found.folded, made.why, found.straight)


def _run(engine: Engine, asked: Steps) -> str | None:
    """Make the relations that a plan gives; or why only the reference can tell what this log shows: then those that the
    account reads are taken away again."""
    for stage in asked.plan:
        engine.keep(stage.relation.name, stage.query, stage.read)
    standing = {stage.relation.name: stage for stage in asked.plan}
    if "unsaid" in standing:
        for (why,) in engine.fetch(exp.select("why").from_(exp.table_("unsaid", quoted=True)))[:1]:
            for name in standing.keys() & {"drafts", *BESIDE}:
                kind = "VIEW" if standing[name].read == 1 else "TABLE"
                engine.run(exp.Drop(this=exp.table_(name, quoted=True), kind=kind))
            return str(why)
    for name, columns in (("reports", REPORTS), ("endings", ENDINGS)):
        if name not in standing:
            engine.keep(name, _nothing(columns), 0)
    return None


def because(refusal: Refusal) -> str:
    """A refusal in one line."""
    clause = f"clause {refusal.clause}: " if refusal.clause else ""
    return f"{clause}{refusal.why}"


def _unsaid(contract: ir.Contract, made: Plan) -> Refusal | None:
    """A stage of the account that asks for more than the plan gives."""
    given = {stage.relation.name for stage in made.stages}
    for stage in contract.stages:
        if isinstance(stage, ir.FallAway) and made.stages and "endings" not in given:
            return Refusal(stage, stage.origin.clause, "what falls away is told from the log, row by row")
    return None


def _nothing(columns: tuple[Column, ...]) -> exp.Select:
    """A relation without rows."""
    return exp.select(
        *(exp.alias_(exp.cast(exp.null(), column.type.value), column.name, quoted=True) for column in columns)
    ).where(exp.false())


def _log_ends(engine: Engine, tables: LogTables, day: date) -> int:
    """The last day of which the log tells anything that was known on the day of the account."""
    if day.toordinal() >= tables.last_day:
        return tables.last_day
    last = exp.Max(this=exp.Greatest(this=exp.column("day"), expressions=[exp.column("recorded")]))
    ends = [engine.fetch(exp.select(last).from_(_known(name, tables, day)))[0][0] for name in ("rows", "verdicts")]
    found = max((each for each in ends if each is not None), default=date.min)
    return min(found, day).toordinal()


def _known(name: str, tables: LogTables, day: date) -> exp.Subquery:
    """The latest version of each row that was recorded by then."""
    then = exp.LTE(this=exp.column("recorded"), expression=exp.cast(exp.Literal.string(day.isoformat()), "date"))
    query = exp.select("day", "recorded", "id").from_(exp.table_(name, quoted=True)).where(then)
    if not tables.corrected:
        return query.subquery("known")
    order = exp.Order(expressions=[exp.Ordered(this=exp.column("recorded"), desc=True)])
    turn = exp.Window(this=exp.RowNumber(), partition_by=[exp.column("id")], order=order)
    versions = query.select(exp.alias_(turn, "version"))
    first = exp.EQ(this=exp.column("version"), expression=exp.Literal.number(1))
    return exp.select("day", "recorded").from_(versions.subquery("versions")).where(first).subquery("known")
