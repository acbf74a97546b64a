"""What is due at each rate of success as a picture: one self-contained SVG, with no script and no outside font.

Points are exact; only their places on the picture are rounded, to a hundredth of a unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.sax.saxutils import escape

from outcomelang.cli.symbolic_text import limit_said
from outcomelang.core.money import exact
from outcomelang.exposure import said
from outcomelang.exposure.sensitivity import Point, Sensitivity
from outcomelang.exposure.symbolic import Symbolic
from outcomelang.report.plain import one_line

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 110, 24, 64, 64
_LINES = 5
_STYLE = (
    "text{font-family:Georgia,'Times New Roman',serif;font-size:13px;fill:#222}"
    ".title{font-size:16px}.small{font-size:12px;fill:#555}.grid{stroke:#ddd}.axis{stroke:#222}"
    ".due{fill:none;stroke:#1f4e79;stroke-width:2}.bound{fill:#b3261e}.free{fill:#1f4e79}"
)


def chart(of: Symbolic, along: Sensitivity) -> str:
    """The SVG document. `along` has points."""
    top = _round_up(max(point.due for point in along.points))
    low = min(Fraction(0), *(point.due for point in along.points))
    low = -_round_up(-low) if low < 0 else low
    title = f"What is due at each rate of success, with {exact(along.people)} people"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f'<title id="title">{_text(of.contract.title)}: {_text(title)}</title>',
        f'<desc id="desc">{_text(_told(of, along))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text class="title" x="{_LEFT}" y="26">{_text(_cut(of.contract.title, 70))}</text>',
        f'<text class="small" x="{_LEFT}" y="46">{_text(title)}</text>',
        *_grid(of, low, top),
        f'<polyline class="due" points="{" ".join(_at(point, low, top) for point in along.points)}"/>',
        *(_dot(of, point, low, top) for point in along.points if (point.rate * 10).denominator == 1),
        *_legend(along),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(of: Symbolic, low: Fraction, top: Fraction) -> Iterator[str]:
    """Lines across for amounts, marks below for rates."""
    for step in range(_LINES + 1):
        amount = low + (top - low) * step / _LINES
        y = _y(amount, low, top)
        kind = "axis" if step == 0 else "grid"
        yield f'<line class="{kind}" x1="{_LEFT}" y1="{y}" x2="{_WIDTH - _RIGHT}" y2="{y}"/>'
        label = said.money(of.contract, amount * Fraction(10) ** of.contract.minor_digits)
        yield f'<text x="{_LEFT - 8}" y="{y}" dy="4" text-anchor="end">{_text(label)}</text>'
    for tenth in range(0, 11, 2):
        x = _x(Fraction(tenth, 10))
        yield f'<text x="{x}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{tenth * 10}%</text>'


def _dot(of: Symbolic, point: Point, low: Fraction, top: Fraction) -> str:
    due = said.money(of.contract, point.due * Fraction(10) ** of.contract.minor_digits)
    limits = "; ".join(dict.fromkeys(map(limit_said, point.binding)))
    told = f"{said.share(point.rate)}: {due}{f' ({limits})' if limits else ''}"
    kind = "bound" if point.binding else "free"
    return (
        f'<circle class="{kind}" cx="{_x(point.rate)}" cy="{_y(point.due, low, top)}" r="4">'
        f"<title>{_text(told)}</title></circle>"
    )


def _legend(along: Sensitivity) -> Iterator[str]:
    y = _HEIGHT - 20
    yield f'<text class="small" x="{_LEFT}" y="{y}">rate of success, the same for every outcome</text>'
    if any(point.binding for point in along.points):
        yield f'<circle class="bound" cx="{_WIDTH - 190}" cy="{y - 4}" r="4"/>'
        yield f'<text class="small" x="{_WIDTH - 180}" y="{y}">a limit binds</text>'


def _told(of: Symbolic, along: Sensitivity) -> str:
    """The picture in words, for those who do not see it."""
    digits = Fraction(10) ** of.contract.minor_digits
    tenths = (each for each in along.points if (each.rate * 10).denominator == 1)
    return "; ".join(f"{said.share(each.rate)}: {said.money(of.contract, each.due * digits)}" for each in tenths)


def _round_up(most: Fraction) -> Fraction:
    """The next 1, 2, 2.5 or 5 followed by noughts."""
    size = Fraction(1)
    while size * 10 < most:
        size *= 10
    return next(size * each for each in (1, 2, Fraction(5, 2), 5, 10) if size * each >= most)


def _at(point: Point, low: Fraction, top: Fraction) -> str:
    return f"{_x(point.rate)},{_y(point.due, low, top)}"


def _x(rate: Fraction) -> str:
    return _place(_LEFT + rate * (_WIDTH - _LEFT - _RIGHT))


def _y(amount: Fraction, low: Fraction, top: Fraction) -> str:
    high = _HEIGHT - _TOP - _BOTTOM
    return _place(_TOP + high - (amount - low) / (top - low) * high)


def _place(value: Fraction) -> str:
    return exact(Fraction(round(value * 100), 100))


def _text(said_: str) -> str:
    return escape(one_line(said_))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
