"""The contract turned into a plan, once for each day of account: what `evaluation.meaning` is to the reference.

Every part of the core has one function that says it in queries, in the module of its family; this class keeps what was
made, so that a measure or an outcome that is read in ten places is reckoned once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.core.rising import known
from outcomelang.evaluation.suspensions import has_length
from outcomelang.relational import (
    clock,
    facts,
    labels,
    notes,
    numbers,
    outcomes,
    quantities,
    reaching,
    rising,
    selections,
    states,
    subjects,
    timing,
    verdicts,
    wide,
    windows,
)
from outcomelang.relational import evidence as ev
from outcomelang.relational import primitives as p
from outcomelang.relational.attributes import attribute_columns
from outcomelang.relational.book import Book, OneValue, Refused
from outcomelang.relational.evidence import NO_ROWS, Evidence
from outcomelang.relational.numbers import Num
from outcomelang.relational.outcomes import Result
from outcomelang.relational.relations import ROWS
from outcomelang.relational.resting import rows_tell
from outcomelang.relational.row_tests import column_of
from outcomelang.relational.selections import Found
from outcomelang.relational.subjects import Subject
from outcomelang.relational.trees import reads
from outcomelang.relational.verdicts import Verdict
from outcomelang.relational.windows import Bounds

E = exp.Expr


class Compiler:
    """One contract on one day. `corrected` says that some rows stand in several versions."""

    def __init__(self, contract: ir.Contract, as_of: date, corrected: bool = True, provenance: bool = True) -> None:
        self.contract, self.as_of, self.corrected, self.provenance = contract, as_of, corrected, provenance
        self.rests = provenance or rows_tell(contract)
        """Whether anything goes by the rows on which something rests."""
        self.book = Book()
        self.notes = notes.Notes(self)
        self._name(contract)
        self.term_first = contract.first_day or as_of
        self.term_last = contract.last_day or as_of
        self.last_day = contract.last_claim or as_of
        """The last day for claims: what is not achieved by then is not achieved."""
        held = [column.name for column in attribute_columns(contract)]
        self.attribute_columns = tuple(held)
        self.given_columns = (*(column.name for column in ROWS), *map(column_of, held))
        self.columns = (*self.given_columns, "standing", "verified_on")
        """Those of known rows, and of counted rows."""
        self._joins: dict[str, exp.Table] = {}
        self._people: dict[str, exp.Table] = {}
        self._results: dict[tuple[str, int], Result] = {}
        self._under_way: set[tuple[str, int]] = set()
        self._labels: dict[tuple[str, int], E] = {}
        self._measured: dict[tuple[str, int, E | None], Num] = {}
        self.spell_days: dict[tuple[int, str], exp.Table] = {}
        """The days on which spells of a kind begin and end, by the rows that are looked at."""
        self._states: dict[tuple[str, int], states.Days] = {}
        self._behind: dict[tuple[str, int], exp.Table] = {}
        self.last_runs: dict[tuple[str, int], E] = {}
        """The last day of the last run of each person, by the table of runs."""
        self._subjects: dict[tuple[ir.Subject, bool], Subject] = {}

    def _name(self, contract: ir.Contract) -> None:
        """What is declared, by its name."""
        self.measures = {node.name: node for node in contract.measures}
        self.tables = {node.name: node for node in contract.tables}
        self.states = {node.name: node for node in contract.states}
        self.events = {node.name: node for node in contract.events}
        self.outcomes = {node.name: node for node in contract.outcomes}
        self.partitions = {node.name: node for node in contract.partitions}
        self.calendars = {node.name: node for node in contract.calendars}
        self.populations = {node.name: node for node in contract.populations}
        self.known = known(contract)

    # ------------------------------------------------------------ facts

    @cached_property
    def known_rows(self) -> exp.Table:
        return facts.known_rows(self)

    @cached_property
    def known_verdicts(self) -> exp.Table:
        return facts.known_verdicts(self)

    @cached_property
    def _clock(self) -> exp.Table:
        return clock.clock(self)

    @property
    def log_end(self) -> E:
        """The last day of the log as it was known."""
        return OneValue(this=exp.to_identifier("log_end"), expression=self._clock)

    @cached_property
    def counted_rows(self) -> exp.Table:
        return facts.verified_rows(self)

    @cached_property
    def verifies(self) -> bool:
        """Whether some event is verified before it counts."""
        return any(event.verification is not None for event in self.contract.events)

    @cached_property
    def facts(self) -> exp.Table:
        """Verified rows."""
        if not self.verifies:
            return self.counted_rows
        return facts.with_standing(self, "facts", ("verified",), "Rows that are verified, or need not be")

    @cached_property
    def claims(self) -> exp.Table:
        """Verified rows and those that wait."""
        said = "Rows that are verified, and those that wait for it"
        return facts.with_standing(self, "claims", ("verified", "waiting"), said)

    @cached_property
    def contract_rows(self) -> exp.Table:
        return facts.rows_of_contract(self, self.facts, "rows of the contract")

    @cached_property
    def contract_claims(self) -> exp.Table:
        return facts.rows_of_contract(self, self.claims, "claims of the contract")

    def joins(self, population: str) -> exp.Table:
        if population not in self._joins:
            self._joins[population] = facts.joined(self, self.populations[population])
        return self._joins[population]

    def people(self, population: str) -> exp.Table:
        """Everybody who joined, by the population that declares how (not a comparison)."""
        if population not in self._people:
            self._people[population] = facts.people(self, self.populations[population])
        return self._people[population]

    def base_of(self, population: str) -> str:
        """The population whose joining makes people belong to this one: of a comparison, that for which it is one."""
        of = self.populations[population].comparison_of
        if of is None:
            return population
        partition = self.partitions.get(of)
        return partition.of if partition is not None else of

    def working_day(self, day: E, count: int) -> E:
        raise Refused(self.contract, "working days are counted one after the other")

    # ------------------------------------------------------------ subjects

    def subject(self, node: ir.Subject, claimed: bool = False) -> Subject:
        """The sheet of a subject; `claimed`: with unverified facts, of those who have some."""
        if (node, claimed) not in self._subjects:
            self._subjects[node, claimed] = subjects.subject(self, node, claimed)
        return self._subjects[node, claimed]

    def day(self, ordinal: int) -> E:
        return p.ordinal(ordinal)

    # ------------------------------------------------------------ what is said of a subject

    def result(self, at: Subject, name: str) -> Result:
        """The result of an outcome, evaluated for each of this very subject."""
        key = (name, id(at))
        if key not in self._results:
            if key in self._under_way:
                raise Refused(self.outcomes[name], f"{name} rests on itself")
            self._under_way.add(key)
            self._results[key] = outcomes.outcome(self, at, self.outcomes[name])
        return self._results[key]

    def verdict_on(self, at: Subject, name: str) -> Verdict:
        """How an outcome stands for the subject that `at` is or that contains it; rows only where it is the same."""
        own = self.projected(at, self.outcomes[name].subject)
        verdict = self.result(own, name).verdict
        if own is at:
            return verdict
        standing, day = self.imported(at, own, [verdict.standing, verdict.day])
        found = Verdict(standing, day)
        labelled = self.of_group(at, own)
        return found if labelled is None else verdicts.chosen([(labelled, found)], self.result(at, name).verdict)

    def projected(self, at: Subject, node: ir.Subject) -> Subject:
        """The subject that `at` is or that contains it; `at` where something finer is reckoned anew."""
        match node:
            case ir.Whole():
                return at if at.kind == "whole" else self.subject(node)
            case ir.PerPerson():
                if at.person is None or at.kind == "person":
                    return at
                if not at.person.joined_known or len(self.populations) > 1:
                    raise Refused(at.node, "to whom a row belongs is told by several joinings, or by none")
                return self.subject(node)
            case ir.PerGroup():
                if at.kind == "group" and at.group is not None and at.group[0] == node.partition:
                    return at
                return at if at.person is None and at.group is None else self.subject(node)
            case ir.PerPeriod():
                return self._period_around(at, node)
            case ir.PerRow() | ir.PerMember() | ir.Pooled():
                return at

    def _period_around(self, at: Subject, node: ir.PerPeriod) -> Subject:
        """The same period of whom the subject is, where that is wider."""
        if at.node == node or at.period is None or at.period[0] != node.calendar:
            return at
        if isinstance(node.of, ir.Whole) or (isinstance(node.of, ir.PerGroup) and at.person is not None):
            return self.subject(node)
        return at

    def imported(self, at: Subject, source: Subject, values: list[E]) -> list[E]:
        """Values of another subject's sheet, beside those of whom it is or who are in it."""
        sheet = source.sheet
        columns = [sheet.let("value", value) for value in values]
        if not any(reads(column) for column in columns):
            return columns
        level = sheet.level_of(*columns)
        query = exp.select(*(exp.column(key, quoted=True) for key in sheet.keys)).from_(sheet.at(level))
        names = [f"v{n}" for n in range(len(columns))]
        query = query.select(*(column.as_(name) for column, name in zip(columns, names, strict=True)))
        on: dict[str, str] = {}
        for key in sheet.keys:
            if key == "group" and at.person is not None and source.group is not None:
                label = at.sheet.let("label", self.label(at, source.group[0]))
                on[label.name] = key
            else:
                on[key] = key
        got = at.sheet.joined(query, on, names)
        return [got[name] for name in names]

    def of_group(self, at: Subject, own: Subject) -> E | None:
        """Whether somebody has a cohort of which a value is read; None where there is always one."""
        if at.person is None or own.group is None or own.person is not None:
            return None
        return p.present(self.label(at, own.group[0]))

    def somebody(self, at: Subject) -> list[E]:
        """Tests that leave out cohorts and groups without members."""
        own = at if at.kind == "group" else at.base
        if own is None or own.kind != "group":
            return []
        assert isinstance(own.node, ir.PerGroup)
        chosen = ir.Select(ir.People(self.partitions[own.node.partition].of))
        many = own.sheet.let("members", wide.count_people(self, own, chosen, None))
        value = many if own is at else self.imported(at, own, [many])[0]
        return [p.holds(p.above(value, p.whole(0)))]

    def achieved_on(self, at: Subject, name: str) -> E:
        """The day on which the person at hand achieved an outcome; NULL while it is not achieved."""
        verdict = self.verdict_on(at, name)
        return at.sheet.let(f"{name} on", p.case((verdict.met, verdict.day)))

    def row_day(self, at: Subject, select: ir.Select, which: str) -> E:
        return selections.row_day(self, at, select, which)

    def day_value(self, at: Subject, node: ir.Quantity) -> E:
        return quantities.day_value(self, at, node)

    def counted(self, at: Subject, select: ir.Select, until: E | None) -> Num:
        return quantities.counted(self, at, select, until)

    def label(self, at: Subject, partition: str) -> E:
        """The row of a partition to which the subject at hand belongs; NULL where it cannot be told."""
        key = (partition, id(at))
        if key not in self._labels:
            self._labels[key] = labels.label(self, at, self.partitions[partition])
        return self._labels[key]

    def measured(self, at: Subject, name: str, until: E | None) -> Num:
        """A measure, read for the subject it belongs to."""
        node = self.measures[name]
        own = self.projected(at, node.subject)
        key = (name, id(own), until)
        if key not in self._measured:
            self._measured[key] = numbers.kept(own.sheet, name, quantities.number(self, own, node.quantity, until))
        value = self._measured[key]
        if own is at:
            return value
        if isinstance(value.d, int):
            found = Num(self.imported(at, own, [value.n])[0], value.d)
        else:
            found = Num(*self.imported(at, own, [value.n, value.d]))
        labelled = self.of_group(at, own)
        if labelled is None:
            return found
        return numbers.chosen([(labelled, found)], quantities.number(self, at, node.quantity, until))

    def settled_of_measure(self, at: Subject, name: str) -> E:
        own = self.projected(at, self.measures[name].subject)
        return self._day_of(at, own, timing.latest_window, self.measures[name].quantity)

    def _day_of(
        self, at: Subject, own: Subject, of: Callable[[Compiler, Subject, ir.Quantity], E], node: ir.Quantity
    ) -> E:
        """A day that is told of the subject to which a measure belongs."""
        day = of(self, own, node)
        if own is at:
            return day
        found = self.imported(at, own, [day])[0]
        labelled = self.of_group(at, own)
        if labelled is None or not reads(found):
            return found
        return p.case((labelled, found), default=of(self, at, node))

    def observed_of_measure(self, at: Subject, name: str) -> E:
        own = self.projected(at, self.measures[name].subject)
        return self._day_of(at, own, timing.observed, self.measures[name].quantity)

    def evidence_of_measure(self, at: Subject, name: str, until: E | None) -> Evidence:
        own = self.projected(at, self.measures[name].subject)
        labelled = self.of_group(at, own) if own is not at else None
        if own is not at and labelled is None:
            return NO_ROWS
        found = timing.evidence(self, at, self.measures[name].quantity, until)
        if labelled is None or own.group is None:
            return found
        return ev.chosen([(p.missing(self.label(at, own.group[0])), found)])

    def select_evidence(self, at: Subject, select: ir.Select, until: E | None) -> Evidence:
        return timing.select_evidence(self, at, select, until)

    def rows_of_people(self, at: Subject, select: ir.Select, edges: list[tuple[type[exp.Binary], E]]) -> Found:
        return wide.rows_of_people(self, at, select, edges)

    # ------------------------------------------------------------ states

    def state_of(self, at: Subject, name: str) -> states.Days:
        key = (name, id(at))
        if key not in self._states:
            self._states[key] = states.day_set(self, at, self.states[name].days, name)
        return self._states[key]

    def behind(self, at: Subject, name: str) -> exp.Table:
        """The rows from which a state follows."""
        key = (name, id(at))
        if key not in self._behind:
            self._behind[key] = states.behind(self, at, name)
        return self._behind[key]

    def days_in(self, at: Subject, node: ir.DaysIn, until: E | None) -> Num:
        return states.days_in(self, at, node, until)

    def rows_of_days(self, at: Subject, node: ir.DaysIn, until: E | None) -> Evidence:
        """The rows behind the days of a state in a window, up to a day."""
        bounds = windows.window(self, at, node.window)
        last = (
            bounds.last
            if until is None
            else at.sheet.let("rows until", p.case((p.present(bounds.last), p.least(bounds.last, until))))
        )
        return states.rows_behind(self, at, node.state, bounds.first, last)

    def reaches(self, at: Subject, node: ir.Reaches) -> Verdict:
        return reaching.reaches(self, at, node)

    def anchor_day(self, at: Subject, node: ir.Anchor) -> E:
        return windows.anchor(self, at, node)

    def time_limit(self, at: Subject, node: ir.Window) -> Bounds:
        """The days of a time limit: one of a length runs on for as long as the contract is suspended."""
        if self.contract.suspensions and has_length(node):
            raise Refused(node, "time limits run on for as long as the contract is suspended")
        return windows.window(self, at, node)

    def first_day_of_rise(self, at: Subject, node: ir.Compares, right: Num) -> E:
        return rising.first_day(self, at, node.left, node.comparator, right)
