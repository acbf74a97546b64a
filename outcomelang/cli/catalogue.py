"""Every finding that can be explained: each pass owns its own, this joins them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outcomelang.diagnostic import Severity
from outcomelang.report.explained import Explained

if TYPE_CHECKING:
    from outcomelang.loopholes.rule import Rule

USAGE = (
    Explained(
        "OL901",
        "unreadable-file",
        "A file that was named cannot be read: it is not there, is a directory, may not be opened, or is "
        "not UTF-8 text.",
        "Contracts are plain text. In Word: save as plain text with the encoding UTF-8.",
    ),
    Explained(
        "OL902",
        "unreadable-artefact",
        "A compiled contract (.json) cannot be read back: it was not written by outcomelang, was written by a version "
        "with another irVersion, or was changed after it was compiled, so that its digest is not that of its terms.",
        "Compile the contract again from its text. Change the text and never the compiled form.",
    ),
    Explained(
        "OL905",
        "sympy-missing",
        "Formulas as SymPy objects were asked for (`contract.formula()`, `formula --format sympy`), and SymPy is not "
        "installed. Text, LaTeX, Python and JSON need nothing more.",
        "Install it: pip install outcomelang[formula].",
    ),
)


def catalogue() -> tuple[Explained, ...]:
    """All findings, in the order of their codes."""
    return tuple(sorted((*of_usage(), *of_checks(), *of_logs()), key=lambda item: item.code))


def of_usage() -> Iterator[Explained]:
    from outcomelang.cli import baseline, configuration

    yield from (*USAGE, configuration.UNUSABLE, baseline.UNUSABLE)


def of_checks() -> Iterator[Explained]:
    """What `check` can find: mistakes of contracts, loopholes, and acceptances that meet nothing."""
    yield from of_contracts()
    yield from of_loopholes()


def of_loopholes() -> Iterator[Explained]:
    from outcomelang.loopholes.acceptances import MISTAKES
    from outcomelang.loopholes.rules import RULES

    yield from map(of_rule, RULES)
    for each in MISTAKES:
        remedy = "" if each.prefer else "Strike the acceptance out, with its reason."
        yield Explained(
            each.code, each.name, each.why, remedy, each.avoid, each.prefer, each.why, Severity.WARNING.value
        )


def of_rule(rule: Rule) -> Explained:
    """A loophole as its rule tells it. Its clauses are changes to a contract in which nothing is found."""
    return Explained(
        rule.code,
        rule.name,
        f"{rule.summary} {rule.rationale}",
        "",
        clause(rule.bad),
        clause(rule.good),
        rule.summary,
        rule.severity.value,
        rule.means.value[0].upper() + rule.means.value[1:],
        rule.guards,
        rule.blind,
        rule.source,
        acceptable=not rule.diagnostics,
    )


def clause(change: str) -> str:
    """A change as it is shown: what is only inserted stands as the clauses themselves."""
    others = re.search(r"^(?:change|delete) ", change, re.MULTILINE)
    return change if others else re.sub(r"^insert ", "", change, flags=re.MULTILINE)


def of_contracts() -> Iterator[Explained]:
    from outcomelang.core.diagnostics import MISTAKES as OF_MEANING
    from outcomelang.surface.catalogue import MISTAKES as OF_FORM

    for mistake in (*OF_FORM, *OF_MEANING):
        yield Explained(
            mistake.code, mistake.name, mistake.why, "", mistake.avoid, mistake.prefer, severity=Severity.ERROR.value
        )


def of_logs() -> Iterator[Explained]:
    from outcomelang.evaluation.ledger_faults import FAULTS as OF_LEDGERS
    from outcomelang.evaluation.log.errors import FAULTS
    from outcomelang.evaluation.log.forms import FAULTS as OF_FORMS
    from outcomelang.evaluation.log.frames import FAULTS as OF_FRAMES
    from outcomelang.evaluation.log.notices import NOTICES
    from outcomelang.evaluation.why import FAULTS as OF_WHY

    for fault in (*FAULTS, *NOTICES, *OF_WHY, *OF_LEDGERS, *OF_FRAMES, *OF_FORMS):
        yield Explained(fault.code, fault.name, fault.explanation, fault.remedy)
