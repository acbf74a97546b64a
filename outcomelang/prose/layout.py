"""A reading on paper: numbers for chapters and clauses, letters for lists, as plain text, Markdown or JSON values."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from outcomelang.prose import english
from outcomelang.prose.language import Language
from outcomelang.prose.points import Clause, Point, Reading

WIDTH = 100
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def plain_text(reading: Reading, language: Language = english, width: int = WIDTH) -> str:
    title = textwrap.wrap(reading.title, width)
    lines = [*title, "=" * max(map(len, title)), "", *textwrap.wrap(reading.notice, width), ""]
    for number, chapter in enumerate(reading.chapters, 1):
        heading = f"{number}. {chapter.heading}"
        lines += ["", heading, "-" * len(heading), ""]
        for clause, label in numbered(chapter.clauses, number):
            lines += [*textwrap.wrap(f"{label} {titled(clause)}", width), "", *below(clause, language, width), ""]
    lines += ["", *textwrap.wrap(reading.notice, width)]
    return "\n".join(lines) + "\n"


def clause_text(clause: Clause, language: Language = english) -> str:
    """One clause alone, as a hint beside the contract shows it."""
    return "\n".join([titled(clause), *below(clause, language)]) + "\n"


def below(clause: Clause, language: Language, width: int = WIDTH) -> Iterator[str]:
    """What a clause says, under its heading."""
    for point, _, depth, mark in walked(clause.points, language):
        lead = "    " * (depth + 1) + (f"{mark} " if mark else "")
        yield from textwrap.wrap(point.text, width, initial_indent=lead, subsequent_indent=" " * len(lead))


def markdown(reading: Reading, language: Language = english) -> str:
    lines = [f"# {escaped(reading.title)}", "", f"> {escaped(reading.notice)}", ""]
    for number, chapter in enumerate(reading.chapters, 1):
        lines += [f"## {number}. {escaped(chapter.heading)}", ""]
        for clause, label in numbered(chapter.clauses, number):
            lines += [f"**{label} {escaped(titled(clause))}**", ""]
            for point, in_list, depth, mark in walked(clause.points, language):
                lines.append("  " * (depth - 1) + f"- {mark} {escaped(point.text)}" if depth else escaped(point.text))
                if not in_list:
                    lines.append("")
    lines += [f"> {escaped(reading.notice)}"]
    return "\n".join(lines) + "\n"


def values(reading: Reading, language: Language = english) -> dict[str, object]:
    """For other programs: the same words with their numbers."""
    return {
        "title": reading.title,
        "notice": reading.notice,
        "chapters": [
            {
                "number": str(number),
                "heading": chapter.heading,
                "clauses": [
                    {
                        "number": label,
                        "heading": clause.heading,
                        "place": clause.place,
                        "points": items(clause.points, language, 0),
                    }
                    for clause, label in numbered(chapter.clauses, number)
                ],
            }
            for number, chapter in enumerate(reading.chapters, 1)
        ],
    }


def items(points: tuple[Point, ...], language: Language, depth: int) -> list[object]:
    return [
        {
            "mark": language.letter(depth - 1, number) if depth else "",
            "text": point.text,
            "points": items(point.points, language, depth + 1),
        }
        for number, point in enumerate(points, 1)
    ]


def numbered(clauses: tuple[Clause, ...], chapter: int) -> list[tuple[Clause, str]]:
    return [(clause, f"{chapter}.{number}") for number, clause in enumerate(clauses, 1)]


def titled(clause: Clause) -> str:
    return f"{clause.heading} [{clause.place}]" if clause.place else clause.heading


def walked(points: tuple[Point, ...], language: Language, depth: int = 0) -> Iterator[tuple[Point, bool, int, str]]:
    """Every point with whether a list goes on after it, its depth, and its mark. A clause's own points have no mark."""
    for number, point in enumerate(points, 1):
        more = bool(point.points) or (depth > 0 and number < len(points))
        yield point, more, depth, language.letter(depth - 1, number) if depth else ""
        yield from walked(point.points, language, depth + 1)


def escaped(text: str) -> str:
    """Text of a contract as Markdown that shows it and does nothing else."""
    return _SPECIAL.sub(r"\\\1", text)
