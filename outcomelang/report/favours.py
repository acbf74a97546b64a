"""What speaks for contracts, as a person reads it: proved, looked for and not found, and not decided."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.report.checked import Favour, Run
from outcomelang.report.plain import columns, one_line, wrapped
from outcomelang.report.style import Style

HEADINGS = {
    "proved": "proved, for any number of people and events",
    "none found": "looked for, and not found",
    "not decided": "not decided, which says nothing either way",
}


def favours(run: Run, style: Style) -> str:
    """Arguments by how sure they are, under the contracts that they hold for; others are left out."""
    alike: dict[tuple[Favour, ...], list[str]] = {}
    for file in run.files:
        alike.setdefault(file.favours, []).append(one_line(file.path))
    return "\n".join(f"{block}\n" for said, paths in alike.items() for block in _blocks(said, paths, style))


def _blocks(favours: tuple[Favour, ...], paths: list[str], style: Style) -> Iterator[str]:
    for verdict, heading in HEADINGS.items():
        if said := [*_said([each for each in favours if each.verdict == verdict], style)]:
            yield "\n".join([*wrapped(f"{', '.join(paths)}: {heading}", style.width), *said])


def _said(chosen: list[Favour], style: Style) -> Iterator[str]:
    widest = max((columns(each.name) for each in chosen), default=0)
    beside = style.width - widest - 6 >= 36
    for each in chosen:
        name = one_line(each.name)
        if beside:
            indent = " " * (widest + 6)
            yield from wrapped(each.said, style.width, indent, f"   {name:<{widest}}   ")
        else:
            yield from (f"   {name}", *wrapped(each.said, style.width, "      "))
