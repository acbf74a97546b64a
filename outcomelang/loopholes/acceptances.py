"""Acceptances that meet nothing: of a name that no loophole has, past their day, or of what is not found any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.diagnostic import Diagnostic, Edit, Remedy, Severity
from outcomelang.loopholes.search import Report
from outcomelang.source import Span
from outcomelang.surface.catalogue import Mistake

UNKNOWN = Mistake(
    "OL601",
    "unknown-acceptance",
    "An acceptance of a name that no loophole has accepts nothing: whoever reads it believes that a finding was "
    "weighed, and nobody has seen it. Mistakes of form have names too, and cannot be accepted.",
    'accept paid-for-nothing because "It is a service fee"',
    'accept pays-per-head-processed because "It is a service fee"',
)
EXPIRED = Mistake(
    "OL602",
    "expired-acceptance",
    "The parties accepted a loophole up to a day that is past. From then on it is found again and counts, until "
    "somebody closes it or accepts it anew.",
    'accept pays-per-head-processed because "It is a service fee" until 31 March 2015',
    'accept pays-per-head-processed because "It is a service fee" until 31 March 2035',
)
UNUSED = Mistake(
    "OL603",
    "unused-acceptance",
    "What is accepted is not found in the contract: it was closed, or never there. An acceptance that stays would "
    "silence the loophole without a word if a later change opened it again.",
    'accept liability-without-limit because "The budget has no upper end"',
    "",
)
MISTAKES = (UNKNOWN, EXPIRED, UNUSED)


def of_acceptances(report: Report, names: Collection[str]) -> Iterator[Diagnostic]:
    """What there is to say of acceptances; `names` are those of all loopholes."""
    for each in report.unknown:
        near = get_close_matches(each.rule, names, 1, 0.6)
        remedies = (Remedy(f"write `accept {near[0]}`", "if that is meant"),) if near else ()
        yield _said(
            UNKNOWN, each, "no loophole is called so: nothing is accepted by it", (*remedies, _struck_out(each))
        )
    for each in report.expired:
        yield _expired(each)
    for each in report.unused:
        yield _said(UNUSED, each, "what it accepts is not found: it may be struck out", (_struck_out(each),))


def _expired(acceptance: ir.Acceptance) -> Diagnostic:
    assert acceptance.until is not None
    ended = f"the acceptance ended on {day_text(acceptance.until.toordinal())}: what it accepts is found again"
    anew = Remedy("write a later day after `until`", "if both sides still accept it")
    return _said(EXPIRED, acceptance, ended, (anew, Remedy("close the loophole, and strike the acceptance out")))


def _struck_out(acceptance: ir.Acceptance) -> Remedy:
    return Remedy("strike the acceptance out", "nothing else changes", (Edit(span(acceptance.origin), ()),))


def _said(mistake: Mistake, acceptance: ir.Acceptance, message: str, remedies: tuple[Remedy, ...]) -> Diagnostic:
    return Diagnostic(
        mistake.code,
        mistake.name,
        f"“accept {acceptance.rule}”: {message}",
        span(acceptance.origin),
        Severity.WARNING,
        acceptance.origin.clause,
        remedies=remedies,
    )


def span(origin: ir.Origin) -> Span:
    """Where a part of the core was written."""
    return Span(origin.path, origin.line, origin.column, origin.end_line, origin.end_column)
