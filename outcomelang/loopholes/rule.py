"""The fixed shape of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from attrs import frozen

from outcomelang.diagnostic import Severity
from outcomelang.loopholes.finding import Said
from outcomelang.loopholes.study import Study


class Means(StrEnum):
    """By what a rule finds: the terms alone, histories, or computation with sizes and rates."""

    TERMS = "the terms"
    HISTORIES = "histories"
    STATISTICS = "statistics"
    COMPILER = "the compiler"
    """The mistake is one of form: such a contract does not compile, and `diagnostics` says what is reported."""


Check = Callable[[Study], Iterator[Said]]


@frozen
class Rule:
    """A loophole by name. The name says the bad thing and reads after “accept”: `liability-without-limit`.

    `code` is that of the catalogue (`OC13`). `summary` is one sentence, `rationale` says how it was used or could be,
    `guards` what silences it, `blind` what it cannot see, `source` where it is described. `bad` and `good` are changes
    to the clean contract (`change`, `insert`, `delete` clauses): `bad` adds this finding and those named in `also`,
    `good` adds none. `diagnostics` are the codes of mistakes of form that stop such a contract before. `stopped_by` are
    those that stop a part of it, where the rest compiles and is found by `check`.
    """

    code: str
    name: str
    severity: Severity
    means: Means
    summary: str
    rationale: str
    guards: tuple[str, ...]
    blind: str
    source: str
    bad: str
    good: str
    check: Check
    also: tuple[str, ...] = ()
    diagnostics: tuple[str, ...] = ()
    stopped_by: tuple[str, ...] = ()


def of_form(_: Study) -> Iterator[Said]:
    """A contract with such a mistake does not compile: in one that does there is nothing left to find."""
    return iter(())
