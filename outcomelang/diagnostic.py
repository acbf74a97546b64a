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
    """A change to a text: what stands at `span` is replaced by `text` (nothing: struck out)."""

    span: Span
    text: str = ""


@frozen
class Remedy:
    """One way to close it: what to write, and what that would mean. An option, never an order.

    `edit` is the change to the text, where it can be stated without asking anybody.
    """

    text: str
    effect: str = ""
    edit: Edit | None = None


@frozen
class Loophole:
    """What a finding about loopholes says beyond the rest: how sure it is, and the history that shows it.

    `verdict` is witness, proved, none found or not decided, `argument` one line on how it was decided. `story` are
    lines for people, as they are to be shown. `stake` is the money by which findings are ranked, as a plain decimal
    amount; `money` the same for people, where a history shows that it is due. `key` names rule and clauses and never a
    line. `accepted` is the reason for which the parties accept it, `until` up to which day.
    """

    verdict: str
    argument: str = ""
    story: tuple[str, ...] = ()
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
    loophole: Loophole | None = None


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
