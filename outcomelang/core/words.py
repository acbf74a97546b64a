"""What is asked for by the words of an outcome or a payment, in whichever version of the contract they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from outcomelang.core import ir


def words_of(outcome: ir.Outcome) -> Iterator[ir.Outcome]:
    """What an outcome is as signed, and by each amendment."""
    yield outcome
    yield from (amended.outcome for amended in outcome.amended)


def rulings_of(words: Iterable[ir.Outcome | ir.Flow]) -> tuple[ir.Ruling, ...]:
    """What is to be said of an outcome or a payment by some of its words, each kind once: its parties are the same."""
    found: dict[str, ir.Ruling] = {}
    for each in words:
        for ruling in each.rulings:
            found.setdefault(ruling.kind, ruling)
    return tuple(found.values())
