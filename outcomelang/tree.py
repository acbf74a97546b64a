"""How the nodes of both trees are made: frozen attrs classes, equal when they are of one class and say the same.

attrs makes `__eq__`, `__hash__` and `__repr__` for each class; for three hundred classes that is most of the start-up
time of `check`. Here they are written once, over `__match_args__`: the fields that a node is built from by position.
Fields that are keyword only (where a node stands) take no part in equality.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast, dataclass_transform

import attrs
from attrs import field, frozen

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """attrs' `frozen` without the methods that `Tree` has."""
    return frozen(eq=False, repr=False, getstate_setstate=False)(cls)


@node
class Tree:
    """The base of every node."""

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        names: tuple[str, ...] = self.__match_args__  # attrs writes it for every class
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        names: tuple[str, ...] = self.__match_args__
        return hash((self.__class__, *(getattr(self, name) for name in names)))

    def __repr__(self) -> str:
        names: tuple[str, ...] = self.__match_args__
        return f"{self.__class__.__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"


def evolve(old: T, **changes: object) -> T:
    """A node like `old` but for these fields. An unknown field is a `TypeError`."""
    return cast(T, attrs.evolve(cast(Any, old), **changes))
