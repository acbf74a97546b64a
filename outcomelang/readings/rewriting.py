"""The texts of a contract as a reading has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outcomelang.diagnostic import Edit
from outcomelang.source import Span


def rewritten(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str] | None:
    """The texts with the edits made; None where one is of no such text, or two of them touch the same words."""
    changed = dict(texts)
    by_path: dict[str, list[Edit]] = {}
    for edit in dict.fromkeys(edits):
        by_path.setdefault(edit.span.path, []).append(edit)
    for path, own in by_path.items():
        if path not in texts:
            return None
        text, last = texts[path], len(texts[path]) + 1
        starts = line_starts(text)
        placed = [(*_place(starts, edit.span), edit.parts) for edit in own]
        for begin, end, said in sorted(placed, key=lambda each: each[:2], reverse=True):
            if end > last or begin > end:
                return None
            written = "".join(part if isinstance(part, str) else _words(text, starts, part) for part in said)
            changed[path] = changed[path][:begin] + written + changed[path][end:]
            last = begin
    return changed


def _words(text: str, starts: list[int], span: Span) -> str:
    begin, end = _place(starts, span)
    return text[begin:end]


def _place(starts: list[int], span: Span) -> tuple[int, int]:
    begin, end = (starts[min(line, len(starts)) - 1] for line in (span.line, span.end_line))
    return begin + span.column - 1, end + span.end_column - 1


def line_starts(text: str) -> list[int]:
    """Where each line begins, in code points."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts
