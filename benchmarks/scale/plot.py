"""Draws how cost grows, one panel for each thing that grows, as a picture that needs nothing else.

python benchmarks/scale/plot.py benchmarks/scale/growth.csv docs/growth.svg
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import groupby
from math import ceil, log10
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN, ACROSS = 340, 230, 46, 2
LINES = (("processor", "compiled plan", "#1a5fb4", ""), ("by_hand", "SQL by hand", "#c64600", "6 3"))
FLOOR = ("floor", "scan and group", "#77767b", "2 3")


def drawn(rows: list[dict[str, str]]) -> str:
    """The whole picture."""
    panels = [(axis, list(steps)) for axis, steps in groupby(rows, lambda row: row["axis"])]
    height = ceil(len(panels) / ACROSS) * HEIGHT + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * ACROSS} {height}" role="img">',
        "<style>text { font-family: sans-serif; font-size: 11px }</style>",
        "<title>Processor seconds as rows, people, payments and clauses grow</title>",
        f'<rect width="{WIDTH * ACROSS}" height="{height}" fill="#ffffff"/>',
    ]
    for number, (axis, steps) in enumerate(panels):
        left, top = number % ACROSS * WIDTH, number // ACROSS * HEIGHT
        parts += [f'<g transform="translate({left} {top})">', *_panel(axis, steps), "</g>"]
    parts += [*_legend(height - 14), "</svg>\n"]
    return "\n".join(parts)


def _panel(axis: str, steps: list[dict[str, str]]) -> Iterator[str]:
    """Seconds over what grows; both from nothing, so that what grows in proportion is a straight line."""
    most = _round_up(max(float(step[name]) for step in steps for name, *_ in (*LINES, FLOOR) if step[name]))
    furthest = max(int(step["step"]) for step in steps)
    right, bottom = WIDTH - 16, HEIGHT - MARGIN
    yield f'<text x="{MARGIN}" y="18" font-weight="bold">{escape(axis)}</text>'
    for part in range(5):
        y = bottom - part / 4 * (bottom - 30)
        yield f'<line x1="{MARGIN}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="#deddda"/>'
        yield f'<text x="{MARGIN - 6}" y="{y + 4:.1f}" text-anchor="end">{most * part / 4:g}</text>'
    yield f'<text x="{MARGIN - 6}" y="18" text-anchor="end">s</text>'
    for step in steps:
        x = MARGIN + int(step["step"]) / furthest * (right - MARGIN)
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{_short(int(step["step"]))}</text>'
    for name, _, colour, dashes in (*LINES, FLOOR):
        points = [
            (
                MARGIN + int(step["step"]) / furthest * (right - MARGIN),
                bottom - float(step[name]) / most * (bottom - 30),
            )
            for step in steps
            if step[name]
        ]
        if len(points) > 1:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f'<polyline points="{line}" fill="none" {_stroke(colour, dashes)}/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{colour}"/>' for x, y in points)


def _legend(y: int) -> Iterator[str]:
    for number, (_, said, colour, dashes) in enumerate((*LINES, FLOOR)):
        x = MARGIN + number * 170
        yield f'<line x1="{x}" x2="{x + 26}" y1="{y - 4}" y2="{y - 4}" {_stroke(colour, dashes)}/>'
        yield f'<text x="{x + 32}" y="{y}">{escape(said)}</text>'


def _short(number: int) -> str:
    return f"{number // 1000}k" if number >= 10_000 and number % 1000 == 0 else str(number)


def _stroke(colour: str, dashes: str) -> str:
    return f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes or "none"}"'


def _round_up(value: float) -> float:
    """The next of 1, 2, 4 or 8 times a power of ten."""
    power = 10.0 ** ceil(log10(value) - 1) if value >= 1 else 1.0
    return next(power * step for step in (1, 2, 4, 8, 10, 20) if power * step >= value)


def main() -> None:
    """The command line."""
    figures, picture = map(Path, sys.argv[1:])
    with figures.open(encoding="utf-8", newline="") as stream:
        picture.write_text(drawn(list(csv.DictReader(stream))), encoding="utf-8")


if __name__ == "__main__":
    main()
