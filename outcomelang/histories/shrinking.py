"""The smallest part of a history of which something is still true."""

from __future__ import annotations

from collections.abc import Callable

from outcomelang.histories.history import History


def smallest(history: History, still: Callable[[History], bool]) -> History:
    """Leave out people, then facts, one after the other, as long as it is still true; until nothing can go.

    The row that shows how long the log was kept stays: without it nothing would be known of what did not happen.
    """
    for participant in reversed(history.participants):
        tried = history.without_person(participant)
        if tried.participants and still(tried):
            history = tried
    while True:
        for fact in reversed(history.facts):
            tried = history.without(fact)
            if fact.counts and still(tried):
                history = tried
                break
        else:
            return history
