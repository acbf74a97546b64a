"""What is wrong with a contract or a log, as a value: every pass makes these, only `report` and `cli` show them."""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn

from attrs import frozen

from outcomelang.source import NOWHERE, Source, Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Edit:
    """What would stand in the text: `parts` in place of the words at `span` (before them, where it is empty).

    A span among the parts stands for the author's own words there.
    """

    span: Span
    parts: tuple[str | Span, ...]


@frozen
class Remedy:
    """One way to close it: what to write, and what that would mean. An option, never an order.

    `edits` write it into the text, where that can be said: then the contract can be read so, and computed.
    """

    text: str
    effect: str = ""
    edits: tuple[Edit, ...] = ()


@frozen
class Loophole:
    """What a finding about loopholes says beyond the rest: how sure it is, and what is at stake.

    `verdict` is witness, proved, none found or not decided, `argument` one line on how it was decided. `stake` is the
    money by which findings are ranked, as a plain decimal amount; `money` the same for people, where a history shows
    that it is due. `key` names rule and clauses and never a line. `accepted` is the reason for which the parties accept
    it, `until` up to which day.
    """

    verdict: str
    argument: str = ""
    stake: str = "0.00"
    money: str = ""
    key: str = ""
    accepted: str = ""
    until: str = ""


@frozen
class Diagnostic:
    """A finding. `message` is one sentence that stands alone in a list, consequence first, without compiler words.

    `code` is stable (`OL…`), `name` says the bad thing (`unknown-name`) and is what `explain` takes.
    `clause` is the author's own place in the agreement (`Schedule 4, 2.1`), shown before line numbers.
    `label` stands under the excerpt; `details` are further sentences; `template` shows how such a clause is written.
    `story` tells what happened in an example that was computed, a line for each day, and what comes of it.
    """

    code: str
    name: str
    message: str
    span: Span = NOWHERE
    severity: Severity = Severity.ERROR
    clause: str = ""
    label: str = ""
    details: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    template: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    story: tuple[str, ...] = ()
    loophole: Loophole | None = None


def is_doubt(found: Diagnostic) -> bool:
    """Whether something is said only where another reading would pay otherwise."""
    return found.severity is Severity.NOTE and any(remedy.edits for remedy in found.remedies)


class OutcomeError(Exception):
    """Base of the errors that a caller of the library meets. `diagnostics` is never empty."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], sources: tuple[Source, ...] = ()) -> None:
        self.diagnostics = diagnostics
        self.sources = sources
        super().__init__("\n".join(f"{d.span.path}:{d.span.line}: {d.message}" for d in diagnostics))


class ContractError(OutcomeError):
    """The contract does not compile; `diagnostics` lists every mistake of the file."""


class LogError(OutcomeError):
    """The event log cannot be used; `diagnostics` lists the first mistake of each kind with its row."""


class UsageError(OutcomeError):
    """A file that cannot be read, an option that does not fit: nothing was done."""


def refuse(error: type[OutcomeError], *diagnostics: Diagnostic) -> NoReturn:
    """Raise `error` over these diagnostics."""
    raise error(diagnostics)
