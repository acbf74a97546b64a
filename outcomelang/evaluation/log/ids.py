"""Ids that stand for two rows: neither was recorded later, or one of them is a row and one a verdict."""

from __future__ import annotations

from collections.abc import Iterable

from outcomelang.evaluation.event_log import Row, Verdict
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.findings import Finding, Findings, Place, quoted


def check_ids(rows: Iterable[Row | Verdict], findings: Findings) -> None:
    """Add every id of these rows that is doubled. Rows of an id must all be among them."""
    seen: dict[tuple[str, int], Row | Verdict] = {}
    kinds: dict[str, type] = {}
    for row in sorted(rows, key=lambda row: (row.file, row.line)):
        other = seen.setdefault((row.id, row.recorded), row)
        mixed = kinds.setdefault(row.id, type(row)) is not type(row)
        if other is not row or mixed:
            _doubled(row, other, findings)


def _doubled(row: Row | Verdict, other: Row | Verdict, findings: Findings) -> None:
    where = f"line {other.line:,}" if other.file == row.file else f"line {other.line:,} of {findings.files[other.file]}"
    sentence = f"The id {quoted(row.id)} stands here and in {where}, and neither row was recorded later"
    if other is row:
        sentence = f"The id {quoted(row.id)} is that of a row and of a verdict"
    also = () if other is row else ((Place(other.file, other.line), "the same id"),)
    findings.add(Finding(errors.DOUBLED_ID, Place(row.file, row.line), "id", row.id, sentence, also=also))
