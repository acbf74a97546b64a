"""What is wrong with a row, cell by cell: looked for only where a row could not be read."""

from __future__ import annotations

from collections.abc import Mapping

from outcomelang.core.calendar import day_text
from outcomelang.core.names import name_key
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.columns import Columns
from outcomelang.evaluation.log.dated import Since, begins
from outcomelang.evaluation.log.findings import Finding, Findings, Place, quoted
from outcomelang.evaluation.log.rulings import LABEL, NOTHING, ROW
from outcomelang.evaluation.log.values import Flaw, day_of
from outcomelang.evaluation.log.vocabulary import VERDICTS, Plan, Vocabulary


class RowFaults:
    """Finds what is wrong with one row, cell by cell."""

    def __init__(
        self, words: Vocabulary, columns: Columns, findings: Findings, place: Place, belief: tuple[int, int]
    ) -> None:
        self._words, self._columns, self._findings, self._place = words, columns, findings, place
        self._belief = belief

    def find(self, row: list[str]) -> None:
        """Add every mistake of the row to the findings."""
        columns = self._columns
        event = row[columns.event].strip()
        plan = self._words.plan(event, row[columns.source])
        self._required(row, plan)
        self._day(row, columns.date)
        if columns.recorded is not None:
            self._day(row, columns.recorded)
        if plan is not None:
            self._source(row, plan)
            self._attributes(row, plan)
            self._verifies(row, plan)
        elif event:
            early = self._too_early(self._words.dated.events, event)
            self._add(errors.UNKNOWN_EVENT, columns.event, event, self._words.events, early)

    def _too_early(self, known: Mapping[str, Since], cell: str) -> tuple[str, ...]:
        """What the cell means in rows of later days."""
        since = begins(known, cell)
        if since is None:
            return ()
        return (f"The contract reads it as {since[0]} from {day_text(since[1].toordinal())} on.",)

    def _required(self, row: list[str], plan: Plan | None) -> None:
        columns = self._columns
        needed = [columns.id, columns.event, columns.date, columns.source]
        if plan is not None and plan.needs_participant:
            needed.insert(1, columns.participant)
        if plan is not None and plan.member is not None:
            needed += self._naming(plan, plan.member)
        for position in needed:
            if not row[position].strip():
                self._empty(columns.names[position], f"The cell in the column “{columns.names[position]}” is empty")

    def _naming(self, plan: Plan, member: str) -> list[int]:
        """Where the row names the member it is about; a file without such a column is told so."""
        holding = [(position, plan.cells.get(key)) for position, key in self._columns.data]
        own = [position for position, cell in holding if cell is not None and cell.name == member]
        if not own:
            self._empty(member, f"The row does not say whom it is about: the file has no column “{member}”")
        return own

    def _empty(self, column: str, sentence: str) -> None:
        self._findings.add(Finding(errors.EMPTY_CELL, self._place, column, sentence=sentence))

    def _day(self, row: list[str], position: int) -> None:
        text = row[position].strip()
        day = day_of(text, *self._belief) if text else 0
        if isinstance(day, Flaw):
            self._add(day.fault, position, text)

    def _source(self, row: list[str], plan: Plan) -> None:
        source = row[self._columns.source].strip()
        if source and name_key(source) not in plan.sources:
            known = dict.fromkeys(name for name, _ in plan.sources.values())
            early = self._too_early(self._words.dated.sources, source)
            self._add(errors.UNKNOWN_SOURCE, self._columns.source, source, tuple(known), early)

    def _attributes(self, row: list[str], plan: Plan) -> None:
        for position, key in self._columns.data:
            text = row[position].strip()
            cell = plan.cells.get(key)
            if text and cell is None:
                column = self._columns.names[position]
                detail = f"The row's event is {plan.event}, which has no {column}."
                self._add(errors.FOREIGN_CELL, position, text, (), (detail,))
            value = cell.read(text) if text and cell else None
            if isinstance(value, Flaw) and cell is not None:
                early = self._too_early(self._words.dated.labels.get((plan.event, cell.name), {}), text)
                self._add(value.fault, position, text, value.choices, early)

    def _verifies(self, row: list[str], plan: Plan) -> None:
        position = self._columns.verifies
        text = row[position].strip() if position is not None else ""
        if plan.verdict is None and text and position is not None:
            self._add(errors.STRAY_VERIFIES, position, text)
        position = self._columns.about
        about = row[position].strip() if position is not None else ""
        if plan.verdict is None:
            if about and position is not None:
                sentence = f"{quoted(about)} stands in the column “about”, but the row is no verdict"
                self._findings.add(Finding(errors.STRAY_VERIFIES, self._place, "about", about, sentence))
        elif about and position is not None:
            self._ruling(row, plan, about, text)
        elif not text or plan.event not in VERDICTS:
            what = "the row it speaks about" if plan.event in VERDICTS else "the outcome or payment it speaks about"
            sentence = f"The row says “{plan.event}” and does not name {what}"
            self._findings.add(Finding(errors.VERDICT_WITHOUT_ROW, self._place, "verifies", sentence=sentence))

    def _ruling(self, row: list[str], plan: Plan, about: str, target: str) -> None:
        """What is wrong with a row that says something of an outcome or a payment."""
        thing = self._words.things.get(name_key(about))
        if thing is None or plan.kind not in thing.by:
            names = tuple(dict.fromkeys(each.name for each in self._words.things.values() if plan.kind in each.by))
            sentence = f"The row says “{plan.event}” of {quoted(about)}, and the contract asks nobody to say that of it"
            self._findings.add(Finding(errors.NOTHING_TO_SAY, self._place, "about", about, sentence, names))
            return
        person = row[self._columns.participant].strip()
        said = f"The row says “{plan.event}” of {thing.name}"
        if thing.of == ROW and not target:
            sentence = f"{said} and does not name the row it speaks about"
            self._findings.add(Finding(errors.VERDICT_WITHOUT_ROW, self._place, "verifies", sentence=sentence))
        elif thing.of != ROW and target:
            sentence = f"{said}, which is not said of a row, and names the row {quoted(target)}"
            self._findings.add(Finding(errors.STRAY_VERIFIES, self._place, "verifies", target, sentence))
        elif thing.of == NOTHING and person:
            sentence = f"{said}, which is nobody's own, and names {quoted(person)}"
            self._findings.add(Finding(errors.STRAY_VERIFIES, self._place, "participant", person, sentence))
        elif thing.of != NOTHING and thing.of != ROW and not person:
            self._empty("participant", f"{said} and does not say whose it is")
        elif thing.of == LABEL and thing.whose(person) is None:
            labels = tuple(thing.labels.values())[:12]
            self._add(errors.UNKNOWN_LABEL, self._columns.participant, person, labels)

    def _add(
        self,
        fault: errors.Fault,
        position: int,
        text: str,
        choices: tuple[str, ...] = (),
        details: tuple[str, ...] = (),
    ) -> None:
        column = self._columns.names[position]
        self._findings.add(Finding(fault, self._place, column, text, choices=choices, details=details))
