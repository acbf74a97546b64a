"""What is wrong with the use of libraries."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import Factory, define

from outcomelang.core.diagnostics import code_of
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.source import Span


@define
class Findings:
    """Each mistake once: a library that is used twice is read twice."""

    found: list[Diagnostic] = Factory(list)

    def say(
        self,
        name: str,
        span: Span,
        message: str,
        label: str = "",
        details: tuple[str, ...] = (),
        remedies: tuple[Remedy, ...] = (),
        related: tuple[tuple[Span, str], ...] = (),
    ) -> None:
        """Report a mistake; `name` is one of the catalogue in `core.diagnostics`."""
        finding = Diagnostic(
            code_of(name), name, message, span, label=label, details=details, remedies=remedies, related=related
        )
        self.add((finding,))

    def add(self, findings: Iterable[Diagnostic]) -> None:
        self.found += [each for each in findings if each not in self.found]
