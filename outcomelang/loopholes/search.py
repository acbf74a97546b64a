"""All rules over one contract: what they find, replayed, ranked, and set against what the parties accept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import evolve, field, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Severity
from outcomelang.histories.paid import replayed
from outcomelang.loopholes.finding import Cleared, Finding, Verdict
from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.study import Study

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@frozen
class Loophole:
    """A finding under the rule that made it; `accepted` by which clause of the contract or its review, if any."""

    rule: Rule
    finding: Finding
    accepted: ir.Acceptance | None = None

    @property
    def severity(self) -> Severity:
        return self.finding.severity or self.rule.severity

    @property
    def key(self) -> str:
        """Of the rule and the clauses by name: it does not move with lines."""
        return f"{self.rule.name}: {', '.join(self.finding.of)}"


@frozen
class Favour:
    """What a rule says in the contract's favour."""

    rule: Rule
    said: Cleared


@frozen
class Fault:
    """A rule whose history does not pay what it claimed: our mistake, never shown as a finding."""

    rule: Rule
    finding: Finding
    why: str


@frozen
class Report:
    """Loopholes, the costliest first; what was proved or searched without a find; acceptances that meet nothing."""

    loopholes: tuple[Loophole, ...]
    favours: tuple[Favour, ...] = ()
    faults: tuple[Fault, ...] = ()
    unused: tuple[ir.Acceptance, ...] = field(default=())
    unknown: tuple[ir.Acceptance, ...] = field(default=())
    expired: tuple[ir.Acceptance, ...] = field(default=())
    interrupted: bool = False
    """Ctrl-C: only the rules before it were asked."""

    @property
    def open(self) -> tuple[Loophole, ...]:
        """Those that nobody accepts."""
        return tuple(each for each in self.loopholes if each.accepted is None)


def find(
    contract: ir.Contract,
    rules: Sequence[Rule],
    on: date,
    acceptances: Sequence[ir.Acceptance] | None = None,
) -> Report:
    """Ask every rule. `on` is the day on which acceptances must not have run out."""
    study = Study(contract)
    found: list[Loophole] = []
    favours: list[Favour] = []
    faults: list[Fault] = []
    asked: list[str] = []
    for rule in rules:
        try:
            said = list(rule.check(study))
        except KeyboardInterrupt:
            break
        asked.append(rule.name)
        for each in said:
            if isinstance(each, Cleared):
                favours.append(Favour(rule, each))
            elif why := _fault(contract, each):
                faults.append(Fault(rule, each, why))
            else:
                found.append(Loophole(rule, each))
    report = Report((), tuple(favours), tuple(faults), interrupted=len(asked) < len(rules))
    given = contract.acceptances if acceptances is None else acceptances
    return _accepted(report, found, given, on, frozenset(asked), frozenset(rule.name for rule in rules))


def _accepted(
    report: Report,
    found: Sequence[Loophole],
    given: Sequence[ir.Acceptance],
    on: date,
    asked: frozenset[str],
    known: frozenset[str],
) -> Report:
    """What was found set against what is accepted; of rules that were not asked nothing is said."""
    standing = {each.rule: each for each in given if each.until is None or each.until >= on}
    met = {loophole.rule.name for loophole in found}
    return evolve(
        report,
        loopholes=tuple(sorted((evolve(each, accepted=standing.get(each.rule.name)) for each in found), key=_rank)),
        unused=tuple(each for each in given if each.rule in asked and each.rule not in met),
        unknown=tuple(each for each in given if each.rule not in known),
        expired=tuple(each for each in given if each.rule in met and each.rule not in standing),
    )


def _rank(loophole: Loophole) -> tuple[object, ...]:
    finding = loophole.finding
    place = (finding.origin.path, finding.origin.line, finding.origin.column)
    return (_RANK[loophole.severity], -finding.stake, place, loophole.rule.code, finding.of)


def _fault(contract: ir.Contract, finding: Finding) -> str:
    """Why the histories of a finding do not show what it claims; empty where they do."""
    if finding.verdict is not Verdict.WITNESS:
        return ""
    if finding.witness is None or not finding.witness.told:
        return "it has no history"
    return next(_differing(contract, finding), "")


def _differing(contract: ir.Contract, finding: Finding) -> Iterator[str]:
    assert finding.witness is not None
    for told in finding.witness.told:
        total = replayed(contract, told.history)
        if total != told.total:
            yield f"its history pays {total} and not {told.total}"
