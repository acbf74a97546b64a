"""Who joined when, and which rows belong to which participation of whom."""

from __future__ import annotations

from collections.abc import Mapping

from outcomelang.core import ir
from outcomelang.core.calendar import FIRST_DAY, LAST_DAY, shift
from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.notes import Notes, order_of
from outcomelang.evaluation.row_tests import passes

RowsByEvent = dict[str, list[Row]]
NO_ROWS: list[Row] = []
NOT_GIVEN: Mapping[str, str] = {}


class Episode:
    """One participation of one person. `rows` are verified facts; `claimed`, if any wait for it, all of them."""

    __slots__ = (
        "claimed",
        "given_labels",
        "joined",
        "labels",
        "left",
        "number",
        "participant",
        "population",
        "row",
        "rows",
    )

    def __init__(self, participant: str, population: str, number: int, joined: int, row: Row | None) -> None:
        self.participant = participant
        self.population = population
        self.number = number
        self.joined = joined
        self.left = LAST_DAY
        self.row = row
        self.rows: RowsByEvent = {}
        self.claimed: RowsByEvent | None = None
        self.labels: dict[str, str | None] = {}
        self.given_labels: Mapping[str, str] = NOT_GIVEN

    @property
    def title(self) -> str:
        """The participant as it is named in entries: with the episode's number from the second on."""
        return self.participant if self.number == 1 else f"{self.participant} ({self.number})"


def episodes_of(population: ir.Population, participant: str, rows: RowsByEvent, notes: Notes) -> list[Episode]:
    """The episodes of one person in one population, in order; later joins that open none are reported."""
    episodes: list[Episode] = []
    for row in _joins(population, rows):
        if not episodes:
            episodes.append(Episode(participant, population.name, 1, row.day, row))
            continue
        last = episodes[-1]
        again = population.again_months or population.again_days
        if (
            not population.once
            and again
            and row.day >= shift(last.joined, population.again_months, population.again_days)
        ):
            last.left = row.day - 1
            episodes.append(Episode(participant, population.name, last.number + 1, row.day, row))
        elif not all(way.first for way in population.ways):
            notes.add("joined-again", f"{population.name} joins again: no new participation begins", row)
    return episodes


def _joins(population: ir.Population, rows: RowsByEvent) -> list[Row]:
    """The rows on which one person may join, in order."""
    joins: list[Row] = []
    for way in population.ways:
        match way.select.of:
            case ir.Rows(event=event):
                found, tests = rows.get(event, NO_ROWS), way.select.tests
                found = [row for row in found if passes(tests, row)] if tests else found
            case _:
                raise TypeError("people join on rows of events")
        found = found[:1] if way.first else found
        window = way.select.window
        joins += found if window is None else [row for row in found if _in_fixed(window, row.day)]
    if len(joins) > 1:
        joins.sort(key=order_of)
    return joins


def _in_fixed(window: ir.Window, day: int) -> bool:
    return all(
        edge is None or (day - _fixed(edge)) * sign >= 0 for edge, sign in ((window.first, 1), (window.last, -1))
    )


def _fixed(edge: ir.Edge) -> int:
    assert isinstance(edge.anchor, ir.Fixed), "joining is bounded by dates"
    return shift(edge.anchor.day.toordinal(), edge.months, edge.days)


def share_rows(episodes: list[Episode], rows: RowsByEvent, claimed: RowsByEvent | None) -> None:
    """Give each episode its rows: all of them to the only one, else from its joining to the day before the next."""
    if len(episodes) == 1:
        episodes[0].rows, episodes[0].claimed = rows, claimed
        return
    for episode in episodes:
        others = [e for e in episodes if e.population == episode.population]
        if len(others) == 1:
            episode.rows, episode.claimed = rows, claimed
            continue
        first = FIRST_DAY if episode is others[0] else episode.joined
        episode.rows = _between(rows, first, episode.left)
        episode.claimed = None if claimed is None else _between(claimed, first, episode.left)


def _between(rows: RowsByEvent, first: int, last: int) -> RowsByEvent:
    return {event: [row for row in some if first <= row.day <= last] for event, some in rows.items()}
