"""What a reading is made of: chapters of clauses, clauses of points, and points of further points. No language here."""

from __future__ import annotations

from attrs import frozen


@frozen
class Point:
    """One or more sentences, or (with `points`) the words that lead into a list."""

    text: str
    points: tuple[Point, ...] = ()


@frozen
class Clause:
    """What one part of the contract says. `place` is the number that the agreement itself gives it, or empty."""

    heading: str
    points: tuple[Point, ...]
    place: str = ""


@frozen
class Chapter:
    heading: str
    clauses: tuple[Clause, ...]


@frozen
class Reading:
    """`notice` stands at the head and at the foot: what this text is, and what it is not."""

    title: str
    notice: str
    chapters: tuple[Chapter, ...]
