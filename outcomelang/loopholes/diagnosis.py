"""What was found, as diagnostics that every report format shows."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.core.money import major, money
from outcomelang.diagnostic import Diagnostic, Remedy, Severity
from outcomelang.diagnostic import Loophole as Shown
from outcomelang.histories.paid import Payer
from outcomelang.histories.story import due, told
from outcomelang.loopholes.acceptances import of_acceptances, span
from outcomelang.loopholes.finding import Witness
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import Loophole, Report


def diagnostics(contract: ir.Contract, report: Report) -> Iterator[Diagnostic]:
    """Every loophole, accepted ones as notes; then acceptances that meet nothing any more."""
    for loophole in report.loopholes:
        yield of_loophole(contract, loophole)
    yield from of_acceptances(report, [rule.name for rule in RULES])


def of_loophole(contract: ir.Contract, loophole: Loophole) -> Diagnostic:
    """One loophole with its story."""
    finding, rule, accepted = loophole.finding, loophole.rule, loophole.accepted
    stake = round(finding.stake)
    return Diagnostic(
        rule.code,
        rule.name,
        finding.message,
        span(finding.origin),
        Severity.NOTE if accepted is not None else loophole.severity,
        finding.origin.clause,
        finding.label,
        finding.details,
        (*finding.remedies, *(() if accepted is not None else (_acceptance(rule.name),))),
        related=tuple((span(origin), what) for origin, what in finding.related),
        story=tuple(story(contract, finding.witness)) if finding.witness is not None else (),
        loophole=Shown(
            verdict=finding.verdict.value,
            argument=finding.argument,
            stake=major(stake, contract.minor_digits),
            money=money(stake, contract.currency, contract.minor_digits) if stake and finding.witness else "",
            key=loophole.key,
            accepted=accepted.because if accepted is not None else "",
            until=day_text(accepted.until.toordinal()) if accepted is not None and accepted.until is not None else "",
        ),
    )


def _acceptance(rule: str) -> Remedy:
    return Remedy(f"accept {rule} because “…”", "says openly that this is meant")


def story(contract: ir.Contract, witness: Witness) -> Iterator[str]:
    """The histories of a witness, line by line, those with a title below it; and what follows from them."""
    pay = Payer(contract)
    for each in witness.told:
        if each.title:
            yield each.title
        lead = "  " if each.title else ""
        yield from (f"{lead}{line}" for line in told(contract, each.history))
        yield from (f"{lead}so {line}" for line in due(contract, pay(each.history)))
    yield witness.so
