"""The `example` blocks of a contract: stipulate what is given, evaluate, and compare with what is expected.

Stipulated rows count as recorded, and verified, by the right party. A stipulated number of things is given to as many
different people: things of one outcome go first to people who fit and have none of it yet. What an example does not
expect is expected to be nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.calendar import LAST_DAY, shift
from outcomelang.core.fixed_values import constant
from outcomelang.core.money import money
from outcomelang.core.words import rulings_of, words_of
from outcomelang.evaluation.drafts import Draft
from outcomelang.evaluation.episodes import NOT_GIVEN, Episode
from outcomelang.evaluation.event_log import EventLog, Row, Value, Verdict
from outcomelang.evaluation.lines import shown_label
from outcomelang.evaluation.meaning import Meaning
from outcomelang.evaluation.reference import Account
from outcomelang.evaluation.scope import Scope
from outcomelang.evaluation.verdict import Result
from outcomelang.evaluation.world import World


@frozen
class Difference:
    """What was expected of a line (or verdict) and what came out, as people read it."""

    what: str
    expected: str
    got: str


@frozen
class ExampleResult:
    title: str
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_examples(contract: ir.Contract) -> tuple[ExampleResult, ...]:
    """Every example of the contract, in order."""
    return tuple(ExampleResult(e.title, tuple(_differences(contract, e))) for e in contract.examples)


def _differences(contract: ir.Contract, example: ir.Example) -> Iterator[Difference]:
    for expected in example.expects:
        account, meaning = stipulate(contract, example.givens, expected.as_of)
        drafts = account.drafts(meaning)
        yield from _compared(contract, meaning.world, drafts, expected)
        for expectation in expected.expectations:
            if isinstance(expectation, ir.ExpectedVerdict):
                yield from _verdict(meaning, expectation)


# ---------------------------------------------------------------- what is given


def stipulate(contract: ir.Contract, givens: tuple[ir.Given, ...], as_of: date | None) -> tuple[Account, Meaning]:
    """An account over exactly what is given."""
    stipulation = _Stipulation(contract)
    for given in givens:
        stipulation.rows_given(given)
    account = Account(contract, stipulation.log(), as_of)
    account.facts.log_end = account.as_of
    account.facts.stipulated = True
    for episodes in account.facts.of_participant.values():
        for episode in episodes:
            episode.given_labels = stipulation.labels.get(episode.participant, NOT_GIVEN)
    for given in givens:
        match given:
            case ir.GivenMany(of=ir.Achievements() | ir.People()) if stipulation.is_yet_to_come(given, account.as_of):
                pass
            case ir.GivenMany(of=ir.Achievements(outcome=outcome)):
                stipulation.achieve(account, given, outcome)
            case ir.GivenMany(of=ir.People(population=population)):
                for _ in range(given.number):
                    stipulation.newcomer(account, population, dict(given.labels), given.period)
            case ir.GivenMany(of=ir.Rows()) | ir.GivenPerson() | ir.GivenRows():
                pass
            case ir.GivenMany():
                raise TypeError("only rows, people and outcomes can be given in number")
            case ir.GivenValue():
                _stipulate_value(account, given)
    return account, account.prepare()


def _stipulate_value(account: Account, given: ir.GivenValue) -> None:
    value = given.value.value
    account.stipulated.values[given.name, given.label] = value if isinstance(value, str) else constant(given.value)
    account.stipulated.labels.add(given.label)


class _Stipulation:
    """Makes the rows and people that an example gives."""

    def __init__(self, contract: ir.Contract) -> None:
        self.contract = contract
        self.events = {event.name: event for event in contract.events}
        self.partitions = {partition.name: partition for partition in contract.partitions}
        self.rows: list[Row] = []
        self.verdicts: list[Verdict] = []
        self.labels: dict[str, dict[str, str]] = {}
        self._people = 0

    def log(self) -> EventLog:
        """What was given so far, as a log in the total order."""
        rows, verdicts = sorted(self.rows, key=lambda row: (row.day, row.id)), sorted(self.verdicts)
        last = max((row.day for some in (rows, verdicts) for row in some), default=0)
        return EventLog((), rows, verdicts, last, (), False)

    def rows_given(self, given: ir.Given) -> None:
        """The rows of what is given; people and achievements without rows come later."""
        match given:
            case ir.GivenPerson():
                self.person(given)
            case ir.GivenRows(rows=rows):
                self.rows_of("", rows)
            case ir.GivenMany(of=ir.Rows(event=event)):
                self.many_rows(given, event)
            case ir.GivenMany() | ir.GivenValue():
                return

    def person(self, given: ir.GivenPerson) -> None:
        self.labels[given.id] = dict(given.labels)
        self.rows_of(given.id, given.rows)

    def rows_of(self, participant: str, rows: tuple[ir.GivenRow | ir.GivenRuling, ...]) -> None:
        """Dated rows of somebody, or of nobody."""
        for row in rows:
            if isinstance(row, ir.GivenRuling):
                self._decided(participant, row)
                continue
            attributes = {name: _value(const) for name, const in row.attributes}
            if row.member is not None:
                attributes[self._member_attribute(row.event)] = row.member
            self._row(participant, row.event, row.day.toordinal(), attributes)

    def _decided(self, participant: str, given: ir.GivenRuling) -> None:
        """What the party that decides on the outcome said on that day."""
        node = next(outcome for outcome in self.contract.outcomes if outcome.name == given.outcome)
        source = next(ruling.by[0] for ruling in rulings_of(words_of(node)) if ruling.kind == "decided")
        day, name = given.day.toordinal(), f"D{len(self.verdicts) + 1:06}"
        whose = participant if isinstance(node.subject, ir.PerPerson) else ""
        self.verdicts.append(
            Verdict(day, name, day, "", given.achieved, source, 0, 0, True, "decided", given.outcome, whose)
        )

    def _member_attribute(self, event: str) -> str:
        of = self.events[event].of
        return next(member.attribute for member in self.contract.members if member.name == of)

    def many_rows(self, given: ir.GivenMany, event: str) -> None:
        """So many rows, each of somebody new, on the first day that the group or period allows."""
        attributes = {name: _value(const) for name, const in given.attributes}
        day = self._first_day(dict(given.labels), given.period)
        for _ in range(given.number):
            participant = self._new_name()
            self.labels[participant] = dict(given.labels)
            self._row(participant, event, day, attributes)

    def _new_name(self) -> str:
        self._people += 1
        return f"given {self._people:06}"

    def _row(self, participant: str, event: str, day: int, attributes: dict[str, Value]) -> None:
        declared = self.events[event]
        by = declared.verification.by if declared.verification is not None else declared.recorded_by
        number = len(self.rows) + 1
        source = by[0] if by else ""
        self.rows.append(Row(day, f"G{number:06}", day, participant, event, source, attributes, 0, number, True))

    def _first_day(self, labels: dict[str, str], period: str) -> int:
        """The first day that the groups and the period allow."""
        days = [self._days_of(period)[0]] if period else []
        for name, label in labels.items():
            classifier = self.partitions[name].classifier
            if isinstance(classifier, ir.ByValue) and classifier.attribute is None:
                bounds = next(row.bounds for row in self.partitions[name].rows if row.label == label)
                if bounds is not None and bounds.first is not None:
                    days.append(int(constant(bounds.first)) + (0 if bounds.first_included else 1))
        if days:
            return max(days)
        first = self.contract.first_day
        return first.toordinal() if first is not None else date(2000, 1, 1).toordinal()

    def is_yet_to_come(self, given: ir.GivenMany, as_of: int) -> bool:
        """Whether it is given in a period that has not begun on the day of the account."""
        word, _, number = given.period.rpartition(" ")
        numbered = any(each.name == word for each in self.contract.calendars) and number.isdigit()
        return numbered and self._days_of(given.period)[0] > as_of

    def _days_of(self, period: str) -> tuple[int, int]:
        """The first and last day of a period that is named as the statement names it."""
        word, _, digits = period.rpartition(" ")
        calendar = next(each for each in self.contract.calendars if each.name == word)
        number, first = int(digits), calendar.first.toordinal()
        begins = shift(first, calendar.months * (number - 1), calendar.days * (number - 1))
        return begins, shift(first, calendar.months * number, calendar.days * number) - 1

    def newcomer(self, account: Account, population: str, labels: dict[str, str], period: str) -> Episode:
        """Somebody who has joined, with nothing else known."""
        episode = Episode(self._new_name(), population, 1, self._first_day(labels, period), None)
        episode.given_labels = labels
        account.facts.people[population].append(episode)
        account.facts.of_participant[episode.participant] = [episode]
        return episode

    def achieve(self, account: Account, given: ir.GivenMany, outcome: str) -> None:
        """So many achievements, each by a different subject."""
        subject = next(o.subject for o in self.contract.outcomes if o.name == outcome)
        achieved = account.stipulated.achieved.setdefault(outcome, {})
        labels, world = dict(given.labels), account.prepare().world
        match subject:
            case ir.PerPerson(population=population):
                begins, ends = self._days_of(given.period) if given.period else (0, LAST_DAY)
                free = [
                    episode
                    for episode in account.facts.people[population]
                    if episode.participant not in achieved
                    and episode.joined <= ends
                    and all(world.label(episode, name) == label for name, label in labels.items())
                ]
                while len(free) < given.number:
                    free.append(self.newcomer(account, population, labels, given.period))
                for episode in free[: given.number]:
                    achieved[episode.participant] = [self._day_of(account, max(episode.joined, begins))]
            case ir.PerRow(event=event):
                self._achieve_rows(account, given, event, achieved)
            case _:
                self._achieve_labels(account, given, subject, achieved)

    def _achieve_rows(self, account: Account, given: ir.GivenMany, event: str, achieved: dict[str, list[int]]) -> None:
        before = len(self.rows)
        self.many_rows(given, event)
        for row in self.rows[before:]:
            account.facts.rows.setdefault(event, []).append(row)
            achieved[row.id] = [row.day]

    def _achieve_labels(
        self, account: Account, given: ir.GivenMany, subject: ir.Subject, achieved: dict[str, list[int]]
    ) -> None:
        """For periods, groups and the whole contract: the one named, else the first that have none yet."""
        of = set(given.labels)
        free = [scope for scope in account.prepare().world.instances(subject) if not of or scope.group in of]
        labels = [scope.period_label or scope.label for scope in free]
        wanted = [given.period] if given.period else [name for name in labels if name not in achieved]
        for label in wanted[: given.number]:
            last = next((scope.last for scope in free if (scope.period_label or scope.label) == label), None)
            achieved[label] = [self._day_of(account, last if last is not None else 0)]
            account.stipulated.labels.add(label)

    def _day_of(self, account: Account, day: int) -> int:
        return min(max(day, 1), account.as_of)


def _value(const: ir.Const) -> Value:
    value = const.value
    if const.unit is ir.Unit.FLAG:
        return value == "yes" or value == 1
    return value if isinstance(value, str) else constant(const)


# ---------------------------------------------------------------- what is expected


def _compared(contract: ir.Contract, world: World, drafts: list[Draft], expected: ir.Expected) -> Iterator[Difference]:
    payments = {flow.name for flow in contract.flows}
    unmatched = [draft for draft in drafts if draft.amount and draft.flow.name in payments]

    def text(amount: Fraction | int) -> str:
        return money(amount, contract.currency, contract.minor_digits)

    for line in expected.expectations:
        if isinstance(line, ir.ExpectedLine):
            matching = [draft for draft in drafts if _is_of(world, draft, line)]
            got = Fraction(sum((draft.amount for draft in matching), 0))
            unmatched = [draft for draft in unmatched if draft not in matching]
            if got != line.amount:
                yield Difference(f"{line.name} {line.part}".strip(), text(line.amount), text(got))
    rest: dict[str, Fraction] = {}
    for draft in unmatched:
        rest[draft.flow.name] = rest.get(draft.flow.name, Fraction(0)) + draft.amount
    for name, amount in rest.items():
        if amount:
            yield Difference(name, "nothing", text(amount))
    for line in expected.expectations:
        if isinstance(line, ir.ExpectedTotal):
            total = Fraction(sum((draft.sign * draft.amount for draft in drafts), 0))
            if total != line.amount:
                yield Difference("total", text(line.amount), text(total))


def _is_of(world: World, draft: Draft, line: ir.ExpectedLine) -> bool:
    if line.name not in (draft.flow.name, draft.flow.card):
        return False
    scope = draft.scope
    return line.part in ("", scope.label, scope.period_label, draft.payer, draft.payee, shown_label(world, draft))


def _verdict(meaning: Meaning, expected: ir.ExpectedVerdict) -> Iterator[Difference]:
    """The verdict on an outcome for those who are named, or else for all: they must share it."""
    node = meaning.outcomes[expected.outcome]
    wanted = _said(expected.verdict, expected.day)
    about = [scope for scope in meaning.world.instances(node.subject) if _is_named(scope, expected.part)]
    if expected.part and not about:
        yield Difference(f"{expected.outcome} {expected.part}", wanted, "not in this example")
    for scope in about:
        if meaning.world.is_empty(scope):
            continue
        result = meaning.outcome(node.name)(scope)
        claimed = meaning.world.claimed(scope)
        waits = claimed is not None and not result.achievements and meaning.outcome(node.name)(claimed).achievements
        got = "awaiting verification" if waits else (not result.achievements and result.waits) or _said_of(result)
        if got != wanted and not (expected.day is None and got.startswith(wanted)):
            yield Difference(f"{expected.outcome} {scope.label}".strip(), wanted, got)


def _is_named(scope: Scope, part: str) -> bool:
    person = scope.person
    return part in ("", scope.label, scope.period_label, person.participant if person is not None else "")


def _said_of(result: Result) -> str:
    day = result.achievements[0].day if result.achievements else result.verdict.day
    verdict = "achieved" if result.achievements else result.verdict.standing.value
    return _said(verdict, date.fromordinal(day) if day is not None and 0 < day <= LAST_DAY else None)


def _said(verdict: str, day: date | None) -> str:
    if day is None or verdict.startswith("awaiting"):
        return verdict
    return f"{verdict} {'until' if verdict == 'open' else 'on'} {day.day} {day:%B %Y}"
