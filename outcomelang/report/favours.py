"""What speaks for contracts, as a person reads it: proved, looked for and not found, and not decided."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.report.checked import Checked, Run
from outcomelang.report.plain import columns, one_line, sentence, wrapped
from outcomelang.report.style import Style

HEADINGS = {
    "proved": "proved, for any number of people and events",
    "none found": "looked for, and not found",
    "not decided": "not decided, which says nothing either way",
}


def favours(run: Run, style: Style) -> str:
    """Each contract with its arguments by how sure they are; contracts of which nothing is known are left out."""
    return "\n".join(f"{block}\n" for block in _blocks(run, style))


def _blocks(run: Run, style: Style) -> Iterator[str]:
    for file in run.files:
        for verdict, heading in HEADINGS.items():
            if said := [*_said(file, verdict, style)]:
                yield "\n".join([f"{one_line(file.path)}: {heading}", *said])


def _said(file: Checked, verdict: str, style: Style) -> Iterator[str]:
    chosen = [each for each in file.favours if each.verdict == verdict]
    widest = max((columns(each.name) for each in chosen), default=0)
    beside = style.width - widest - 6 >= 36
    for each in chosen:
        name = one_line(each.name)
        if beside:
            indent = " " * (widest + 6)
            yield from wrapped(sentence(each.argument), style.width, indent, f"   {name:<{widest}}   ")
        else:
            yield from (f"   {name}", *wrapped(sentence(each.argument), style.width, "      "))
