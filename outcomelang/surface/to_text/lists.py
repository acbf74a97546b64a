"""Lists of conditions, `(a)` and `(i)`: what stands between their items, and where each begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outcomelang.surface.to_text.places import Places
from outcomelang.surface.to_text.words import LETTERS, Word, Words


def set_lists(words: Words, first: int, stop: int, found: Places) -> None:
    """`all of:` before the first item, `;` before the others, `; and` or `; or` before the last."""
    for items in _lists(words.words, first, stop):
        before = words.words[items[0] - 1]
        before.closes = before.closes.rstrip(",;:") + ":"
        joined = _joined(words, items)
        for number in items[1:]:
            word = words.words[number - 1]
            word.closes = word.closes.rstrip(",;") + (f"; {joined}" if joined and number == items[-1] else ";")
        inside = any(words.words[number].kind == "ALPHA" for number in range(first, items[0]))
        indent = 8 if words.words[items[0]].kind == "ROMAN" and inside else 4
        found.starts |= dict.fromkeys(items[:1] if _on_one_line(words, items) else items, indent)


def _lists(words: Sequence[Word], first: int, stop: int) -> Iterator[list[int]]:
    """The numbers of the items of each list. The first item of a list stands right after its `of`."""
    open_lists: dict[str, list[int]] = {}
    for number in range(first + 1, stop):
        kind = words[number].kind
        if kind in LETTERS:
            if words[number - 1].kind == "OF" or kind not in open_lists:
                yield from (open_lists.pop(each) for each in LETTERS[LETTERS.index(kind) :] if each in open_lists)
                open_lists[kind] = []
            elif kind == "ALPHA" and "ROMAN" in open_lists:
                yield open_lists.pop("ROMAN")
            open_lists[kind].append(number)
    yield from open_lists.values()


def _joined(words: Words, items: Sequence[int]) -> str:
    """`and` where all are asked for, `or` where any is; else as the author joined the last."""
    asked = words.words[items[0] - 2].kind
    written = words.written.text[words.words[items[-1]].start :][:3].split()
    return {"ALL": "and", "ANY": "or"}.get(asked) or (written[0] if written and written[0] in ("and", "or") else "")


def _on_one_line(words: Words, items: Sequence[int]) -> bool:
    """Whether the author kept a short list together, which is kept so while it fits."""
    return len({words.line(number) for number in items}) == 1
