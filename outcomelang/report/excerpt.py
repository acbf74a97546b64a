"""The author's own line with the words in question underlined."""

from __future__ import annotations

from outcomelang.report.plain import columns, plain, wrapped
from outcomelang.report.style import Style
from outcomelang.source import Source, Span

_TAB = "    "
_REACH = 1000
"""How much of a line is looked at on either side of the mark: more than any screen shows."""


def excerpt(source: Source, span: Span, label: str, style: Style) -> list[str]:
    """The first line of `span` behind its number, the mark below it and `label` after or under the mark.

    A line wider than the screen is shown around the mark. A stretch of several lines is marked to the end of the first.
    """
    line = source.line(span.line)
    start = min(span.column - 1, len(line))
    end = len(line.rstrip()) if span.end_line > span.line else min(span.end_column - 1, len(line))
    from_here, marked_end = max(0, start - _REACH), min(end, start + _REACH)
    cut_out = (line[from_here:start], line[start:marked_end], line[marked_end : marked_end + _REACH])
    before, marked, after = (style.shown(shown(part)) for part in cut_out)
    gutter = f"{span.line:>5}"
    room = max(20, style.width - len(gutter) - 4)
    before, marked, after = around(before, marked, after, room, style.drawn("…"))
    mark = " " * columns(before) + "─" * max(1, columns(marked))
    lines = [style.drawn(f"{gutter} │ ") + f"{before}{marked}{after}".rstrip()]
    blank = " " * (len(gutter) + 3)
    if not label:
        return [*lines, style.drawn(blank + mark)]
    if columns(mark) + 1 + columns(label) <= room:
        return [*lines, style.drawn(f"{blank}{mark} ") + plain(label)]
    return [*lines, style.drawn(blank + mark), *wrapped(label, style.width, blank)]


def shown(text: str) -> str:
    return plain(text.replace("\t", _TAB)).replace("\n", " ")


def around(before: str, marked: str, after: str, room: int, cut: str) -> tuple[str, str, str]:
    """The three parts of a line in about `room` columns, the start of the marked one always among them. `cut` stands
    for what was left out."""
    if columns(before + marked + after) <= room:
        return before, marked, after
    most = room * 2 // 3 if before else room - 1
    if columns(marked) > most:
        marked = marked[:most] + cut
        after = ""
    left = room - columns(marked)
    keep = max(left // 2, left - columns(after))
    if columns(before) > keep:
        before = cut + before[len(before) - keep + 1 :] if keep > 1 else cut
    rest = room - columns(before + marked)
    if columns(after) > rest:
        after = after[: max(0, rest - 1)] + cut
    return before, marked, after
