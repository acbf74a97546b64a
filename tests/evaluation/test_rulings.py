"""What is said of outcomes, compared day by day with a slow oracle on generated logs."""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog, Row, Verdict

from .build import account, contract, day, flow, log, outcome, pounds, row, rows

START = day("2015-03-01")
NAMES = {"decided": ("not achieved", "achieved"), "verified": ("rejected", "verified")}


def asked(kind: str, length: int | None, silence: bool, times: int | None) -> ir.Contract:
    """Each visit (or up to so many) counts once it is ruled on; the payment is £1 each."""
    within = ir.Delay(0, length) if length is not None else None
    ruling = ir.Ruling(kind, ("Verifier",), within, silence)
    many = {"times": ir.Const(Fraction(times), ir.Unit.NUMBER)} if times is not None else {"each_time": True}
    visited = outcome("Visited", ir.Happens(rows("Visit")), rulings=(ruling,), **many)
    return contract(outcomes=(visited,), flows=(flow("Visited", pounds(1)),))


def word(number: int, offset: int, favour: bool, kind: str, recorded: int = 0) -> Verdict:
    on = START + offset
    about = {"kind": kind, "about": "Visited", "whose": "A"}
    return Verdict(on, f"W{number:03}", on + recorded, "", favour, "Verifier", 0, 0, True, **about)


@define
class Candidate:
    day: int
    known: int
    id: str
    word: bool | None = None
    on: int = 0


@define
class Walk:
    """Goes from day to day: what happens becomes a candidate; the words of the day are heard, those against first;
    at its end the time of some candidates is over."""

    length: int | None
    silence: bool
    waiting: list[Candidate] = field(factory=list)
    ruled: list[Candidate] = field(factory=list)

    def live(self, visits: list[Row], words: list[Verdict], until: int) -> list[tuple[int, int]]:
        for today in range(START - 1, until + 1):
            self.waiting += [Candidate(v.day, max(v.day, v.recorded), v.id) for v in visits if v.day == today]
            said = [w.verified for w in words if w.day == today]
            if said:
                self.close(list(self.waiting), all(said), today)
            if self.length is not None:
                over = [each for each in self.waiting if each.known + self.length == today]
                self.close(over, self.silence, today)
        return sorted((each.day, each.on) for each in self.ruled if each.word)

    def close(self, some: list[Candidate], favour: bool, today: int) -> None:
        for each in some:
            self.waiting.remove(each)
            each.word, each.on = favour, max(today, each.known)
            self.ruled.append(each)


offsets = st.integers(0, 40)
visits_given = st.lists(st.tuples(offsets, st.integers(0, 3)), max_size=5)
words_given = st.lists(st.tuples(offsets, st.booleans()), max_size=5)


def events(visits: list[tuple[int, int]], words: list[tuple[int, bool]], kind: str) -> EventLog:
    happened = [
        row(f"V{n:03}", "A", "Visit", START + offset, recorded=START + offset + late)
        for n, (offset, late) in enumerate(visits)
    ]
    spoken = [word(n, offset, favour, kind) for n, (offset, favour) in enumerate(words)]
    return log([row("J", "A", "Join", "2015-02-01"), *happened], spoken)


@settings(max_examples=300, deadline=None)
@given(visits_given, words_given, st.sampled_from(list(NAMES)), st.sampled_from([None, 0, 3, 10]), st.booleans())
def test_every_visit_is_ruled_on_as_somebody_who_goes_from_day_to_day_would(
    visits: list[tuple[int, int]], words: list[tuple[int, bool]], kind: str, length: int | None, silence: bool
) -> None:
    found = events(visits, words, kind)
    ledger = account(asked(kind, length, silence, None), found)
    happened = [each for each in found.rows if each.event == "Visit"]
    expected = Walk(length, silence).live(happened, found.verdicts, found.last_day)
    got = [(e.day.toordinal(), e.verified.toordinal()) for e in ledger.entries if e.verified is not None]
    assert sorted(got) == expected


@settings(max_examples=100, deadline=None)
@given(visits_given, words_given, st.integers(1, 2))
def test_no_more_than_so_many_are_counted_and_they_are_the_first(
    visits: list[tuple[int, int]], words: list[tuple[int, bool]], times: int
) -> None:
    found = events(visits, words, "decided")
    happened = [each for each in found.rows if each.event == "Visit"]
    expected = Walk(10, False).live(happened, found.verdicts, found.last_day)
    counted = account(asked("decided", 10, False, times), found).entries
    assert {e.day.toordinal() for e in counted} <= {on for on, _ in expected}
    assert len(counted) <= min(times, len(expected))


@settings(max_examples=60, deadline=None)
@given(visits_given, words_given, st.integers(0, 60))
def test_the_account_as_of_a_day_knows_nothing_of_later_words(
    visits: list[tuple[int, int]], words: list[tuple[int, bool]], until: int
) -> None:
    from datetime import date

    made, as_of = asked("decided", 10, True, None), date.fromordinal(START + until).isoformat()
    found = events(visits, words, "decided")
    known = [each for each in found.rows if each.recorded <= START + until]
    heard = [each for each in found.verdicts if each.recorded <= START + until]
    assert account(made, found, as_of).entries == account(made, log(known, heard), as_of).entries
