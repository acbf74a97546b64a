"""All rules over one contract: what they find, replayed, ranked, and set against what the parties accept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from attrs import evolve, field, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import LogError, Severity
from outcomelang.histories.paid import replayed
from outcomelang.loopholes.finding import Cleared, Finding, Verdict
from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.seeking.engine import seek
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
    """A rule that failed, or whose history does not pay what it claimed: our mistake, never shown as a finding."""

    rule: Rule
    why: str
    finding: Finding | None = None
    problem: Exception | None = None


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
    """Ctrl-C: only the rules before it were asked, and no acceptance is called unused."""

    @property
    def open(self) -> tuple[Loophole, ...]:
        """Those that nobody accepts."""
        return tuple(each for each in self.loopholes if each.accepted is None)


def find(
    contract: ir.Contract,
    rules: Sequence[Rule],
    on: date,
    acceptances: Sequence[ir.Acceptance] | None = None,
    off: Collection[str] = (),
) -> Report:
    """Ask every rule but those that are `off`. `on` is the day on which acceptances must not have run out."""
    study = Study(contract)
    wanted = [rule for rule in rules if rule.name not in off]
    said: list[Loophole | Favour | Fault] = []
    asked: set[str] = set()
    stopped = False
    try:
        for rule in wanted:
            said += list(_said(study, rule))
            asked.add(rule.name)
        said += list(_sought(study, wanted, [each for each in said if isinstance(each, Loophole)]))
    except KeyboardInterrupt:
        stopped = True
    report = Report(
        tuple(each for each in said if isinstance(each, Loophole)),
        tuple(each for each in said if isinstance(each, Favour)),
        tuple(each for each in said if isinstance(each, Fault)),
        interrupted=stopped,
    )
    known = {rule.name for rule in rules}
    return _accepted(report, contract.acceptances if acceptances is None else acceptances, on, known, asked)


def beside_others(report: Report, contract: ir.Contract, rule: Rule, findings: Sequence[Finding], on: date) -> Report:
    """The report with what was found of this contract beside others, set against what its parties accept."""
    said = [_judged(contract, rule, finding) for finding in findings]
    new = [each for each in said if isinstance(each, Loophole)]
    standing = (each for each in contract.acceptances if each.until is None or each.until >= on)
    meant = next((each for each in standing if each.rule == rule.name), None)
    accepted = tuple(evolve(each, accepted=meant) for each in new)
    return evolve(
        report,
        loopholes=tuple(sorted((*report.loopholes, *accepted), key=_rank)),
        faults=(*report.faults, *(each for each in said if isinstance(each, Fault))),
        unused=tuple(each for each in report.unused if not new or each.rule != rule.name),
    )


def _judged(contract: ir.Contract, rule: Rule, finding: Finding) -> Loophole | Fault:
    """A finding whose history was replayed, or the fault that it does not pay what it claims."""
    why = _fault(contract, finding)
    return Fault(rule, why, finding) if why else Loophole(rule, finding)


def _accepted(
    report: Report, given: Sequence[ir.Acceptance], on: date, known: Collection[str], asked: Collection[str]
) -> Report:
    """What was found set against what the parties accept, and ranked."""
    standing = [each for each in given if each.until is None or each.until >= on]
    by_rule = {each.rule: each for each in standing}
    met = {loophole.rule.name for loophole in report.loopholes}
    lapsed = [each for each in given if each.rule in known and each not in standing]
    loopholes = (evolve(each, accepted=by_rule.get(each.rule.name)) for each in report.loopholes)
    return evolve(
        report,
        loopholes=tuple(sorted(loopholes, key=_rank)),
        unused=tuple(each for each in given if each.rule in asked and each.rule not in met),
        unknown=tuple(each for each in given if each.rule not in known),
        expired=tuple(each for each in lapsed if each.rule in met and each.rule not in by_rule),
    )


def _said(study: Study, rule: Rule) -> Iterator[Loophole | Favour | Fault]:
    """What one rule says; what fails in it is its own and takes nothing from the others."""
    try:
        for each in rule.check(study):
            if isinstance(each, Cleared):
                yield Favour(rule, each)
            else:
                yield _judged(study.contract, rule, each)
    except Exception as problem:  # a fault of ours: reported by name, with exit code 3
        yield Fault(rule, f"{type(problem).__name__}: {problem}", problem=problem)


def _sought(study: Study, rules: Sequence[Rule], found: Sequence[Loophole]) -> Iterator[Loophole | Fault]:
    """What is found beyond the probes of the rules, each hit on a clause of which its rule has not told yet."""
    by_name = {rule.name: rule for rule in rules}
    told: dict[str, set[str]] = {name: set() for name in by_name}
    for loophole in found:
        told[loophole.rule.name].update(loophole.finding.of)
    for name, hit in seek(study, told):
        if isinstance(hit, Exception):
            yield Fault(by_name[name], f"{type(hit).__name__}: {hit}", problem=hit)
        else:
            yield _judged(study.contract, by_name[name], hit)


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
        try:
            total = replayed(contract, told.history)
        except LogError as refused:
            yield f"its log is refused: {refused.diagnostics[0].message}"
            continue
        if total != told.total:
            yield f"its history pays {total} and not {told.total}"
