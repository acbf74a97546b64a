"""What was found, as diagnostics that every report format shows."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import major
from outcomelang.diagnostic import Diagnostic, Remedy, Severity
from outcomelang.diagnostic import Loophole as Shown
from outcomelang.histories.paid import Payer
from outcomelang.histories.story import due, told
from outcomelang.loopholes.finding import Witness
from outcomelang.loopholes.search import Loophole, Report
from outcomelang.source import Span


def diagnostics(contract: ir.Contract, report: Report) -> Iterator[Diagnostic]:
    """Every loophole, accepted ones as notes; then acceptances that meet nothing any more."""
    for loophole in report.loopholes:
        yield of_loophole(contract, loophole)
    for each in report.unknown:
        yield _of_acceptance(each, "OL601", "unknown-acceptance", "No loophole is called so: nothing is accepted by it")
    for each in report.expired:
        assert each.until is not None
        until = day_text(each.until.toordinal())
        yield _of_acceptance(
            each, "OL602", "expired-acceptance", f"The acceptance ended on {until}: what it accepts is found again"
        )
    for each in report.unused:
        yield _of_acceptance(each, "OL603", "unused-acceptance", "What it accepts is not found: it may be struck out")


def _of_acceptance(acceptance: ir.Acceptance, code: str, name: str, message: str) -> Diagnostic:
    return Diagnostic(
        code,
        name,
        f"“accept {acceptance.rule}”: {message[0].lower()}{message[1:]}",
        span(acceptance.origin),
        Severity.WARNING,
        acceptance.origin.clause,
    )


def of_loophole(contract: ir.Contract, loophole: Loophole) -> Diagnostic:
    """One loophole with its story."""
    finding, rule, accepted = loophole.finding, loophole.rule, loophole.accepted
    return Diagnostic(
        rule.code,
        rule.name,
        finding.message,
        span(finding.origin),
        Severity.NOTE if accepted is not None else loophole.severity,
        finding.origin.clause,
        finding.label,
        finding.details,
        (*finding.remedies, _acceptance(rule.name)),
        related=tuple((span(origin), what) for origin, what in finding.related),
        story=tuple(_story(contract, finding.witness)) if finding.witness is not None else (),
        loophole=Shown(
            verdict=finding.verdict.value,
            argument=finding.argument,
            stake=major(round(finding.stake), contract.minor_digits),
            key=loophole.key,
            accepted=accepted.because if accepted is not None else "",
            until=day_text(accepted.until.toordinal()) if accepted is not None and accepted.until is not None else "",
        ),
    )


def _acceptance(rule: str) -> Remedy:
    return Remedy(f"accept {rule} because “…”", "says openly that this is meant")


def _story(contract: ir.Contract, witness: Witness) -> Iterator[str]:
    pay = Payer(contract)
    for each in witness.told:
        if each.title:
            yield each.title
        yield from told(contract, each.history)
        yield from (f"so {line}" for line in due(contract, pay(each.history)))
    yield witness.so


def span(origin: ir.Origin) -> Span:
    return Span(origin.path, origin.line, origin.column, origin.end_line, origin.end_column)
