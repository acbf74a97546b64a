"""Every contract that differs from a given one in a single field of a single node."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, get_args

from outcomelang.core.closed_words import CLOSED_WORDS
from outcomelang.core.codec import field_types
from outcomelang.tree import Tree, evolve


def changed(node: Tree, place: str = "") -> Iterator[tuple[str, Tree]]:
    """The place of the change (`flows.2.amount: Const.value`), and the tree with it."""
    cls = node.__class__
    for name in cls.__match_args__:
        value = getattr(node, name)
        at = f"{place}.{name}" if place else name
        for other in instead(cls, name, value):
            yield f"{at}: {cls.__name__}.{name}", evolve(node, **{name: other})
        for deeper, inner in within(value, at):
            yield deeper, evolve(node, **{name: inner})


def within(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Changes in the nodes that a field holds."""
    if isinstance(value, Tree):
        yield from changed(value, at)
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            for deeper, inner in within(each, f"{at}.{number}"):
                yield deeper, (*value[:number], inner, *value[number + 1 :])


def instead(cls: type, name: str, value: Any) -> Iterator[Any]:
    """Other values that the field may hold."""
    if (cls.__name__, name) in CLOSED_WORDS:
        yield from (word for word in CLOSED_WORDS[cls.__name__, name] if word != value)
        return
    yield from other(value)
    if value is not None and optional(cls, name):
        yield None
    if isinstance(value, tuple):
        if len(value) > 1 and value[0] != value[1]:
            yield (value[1], value[0], *value[2:])
        yield from (value[:number] + value[number + 1 :] for number in range(len(value)))
        for number, each in enumerate(value):
            if not isinstance(each, Tree):
                yield from ((*value[:number], one, *value[number + 1 :]) for one in other(each))


def other(value: Any) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Enum):
        yield from (each for each in type(value) if each is not value)
    elif isinstance(value, int | Fraction):
        yield value + 1
        yield value + 6
    elif isinstance(value, date):
        yield value + timedelta(1)
    elif isinstance(value, str):
        yield f"{value} Other" if value else "Other"
    elif isinstance(value, tuple) and value and not isinstance(value[0], Tree | str | date):
        for number, each in enumerate(value):
            yield from ((*value[:number], one, *value[number + 1 :]) for one in other(each))


def optional(cls: type, name: str) -> bool:
    hint = field_types(cls)[name]
    return isinstance(hint, UnionType) and type(None) in get_args(hint)
