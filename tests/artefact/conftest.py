"""Cores made at random from their classes: every kind of node in every place where it may stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from types import NoneType
from typing import Any, get_args, get_origin

import attrs
import pytest

from outcomelang.core import ir
from outcomelang.core.closed_words import CLOSED_WORDS
from outcomelang.core.codec import parts, shape

DEEPEST = 7
TEXTS = ("", "Job Start", "“curly” \x1b[31m", "1/2", "2012-01-09", "Ünïcode 中", 'quote " back \\', "\u2028")


def value(kind: Any, rng: random.Random, depth: int) -> object:
    choices = parts(kind)
    if depth > DEEPEST and any(not attrs.has(choice) for choice in choices):
        choices = tuple(choice for choice in choices if not attrs.has(choice))
    return one(rng.choice(choices), rng, depth)


def one(kind: Any, rng: random.Random, depth: int) -> object:
    if kind is NoneType:
        return None
    if kind is bool:
        return rng.random() < 0.5
    if kind is int:
        return rng.choice((0, 1, -3, 10**12, rng.randrange(10**6)))
    if kind is str:
        return rng.choice(TEXTS)
    if kind is Fraction:
        return Fraction(rng.randrange(-50, 10**9), rng.randrange(1, 400))
    if kind is date:
        return date(1900, 1, 1) + timedelta(rng.randrange(73_000))
    if get_origin(kind) is tuple:
        each = get_args(kind)
        if each[-1] is Ellipsis:
            return tuple(value(each[0], rng, depth + 1) for _ in range(rng.randrange(0, 4) if depth < DEEPEST else 0))
        return tuple(value(item, rng, depth + 1) for item in each)
    return rng.choice(list(kind)) if issubclass(kind, StrEnum) else node(kind, rng, depth + 1)


def node(cls: type, rng: random.Random, depth: int) -> object:
    made: dict[str, object] = {}
    for name, (attribute, kind) in shape(cls).items():
        if attribute.default is attrs.NOTHING or (depth <= DEEPEST and rng.random() < 0.7):
            words = CLOSED_WORDS.get((cls.__name__, name))
            made[name] = rng.choice(words) if words else value(kind, rng, depth)
    origin = (
        ir.Origin("a.outcome", rng.randrange(99), 1, 2, 3, "Schedule 4, 2.1") if rng.random() < 0.5 else ir.Origin()
    )
    return cls(**made, origin=origin)


@pytest.fixture
def any_core() -> Callable[[int], ir.Contract]:
    """A well-typed core for each seed; what it says makes no sense."""

    def make(seed: int) -> ir.Contract:
        for attempt in range(50):
            try:
                made = node(ir.Contract, random.Random(seed * 50 + attempt), 0)
            except RecursionError:
                continue
            assert isinstance(made, ir.Contract)
            return made
        raise AssertionError("every attempt was too deep")

    return make
