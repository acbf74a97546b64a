"""Every finding that can be explained: each pass owns its own, this joins them."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen


@frozen
class Explained:
    """A finding in general: code and name, why it matters, what closes it, and a clause with it and without it."""

    code: str
    name: str
    why: str
    remedy: str = ""
    avoid: str = ""
    prefer: str = ""


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
)


def catalogue() -> tuple[Explained, ...]:
    """All findings, in the order of their codes."""
    return tuple(sorted((*USAGE, *of_contracts(), *of_logs()), key=lambda item: item.code))


def of_contracts() -> Iterator[Explained]:
    from outcomelang.core.diagnostics import MISTAKES as OF_MEANING
    from outcomelang.surface.catalogue import MISTAKES as OF_FORM

    for mistake in (*OF_FORM, *OF_MEANING):
        yield Explained(mistake.code, mistake.name, mistake.why, "", mistake.avoid, mistake.prefer)


def of_logs() -> Iterator[Explained]:
    from outcomelang.evaluation.ledger_faults import FAULTS as OF_LEDGERS
    from outcomelang.evaluation.log.errors import FAULTS
    from outcomelang.evaluation.log.frames import FAULTS as OF_FRAMES
    from outcomelang.evaluation.log.notices import NOTICES
    from outcomelang.evaluation.why import FAULTS as OF_WHY

    for fault in (*FAULTS, *NOTICES, *OF_WHY, *OF_LEDGERS, *OF_FRAMES):
        yield Explained(fault.code, fault.name, fault.explanation, fault.remedy)
