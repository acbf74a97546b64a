"""How the nodes of both trees are made: frozen, equal when they are of one class and say the same.

They behave as frozen attrs classes, and `attrs.fields` and `attrs.evolve` work on them. But attrs writes and compiles
methods for each class, and for three hundred classes that is half the start-up time of `check` (measured: 20 times
`python -c pass` instead of 13). Here the methods stand once, over the fields that a class declares; the description
for attrs is made when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar, NoReturn, TypeVar, cast, dataclass_transform

import attrs

T = TypeVar("T")


class _Apart:
    """The default of a field that is given by name only and takes no part in equality (where a node stands)."""

    def __init__(self, default: object) -> None:
        self.default = default


def field(*, default: T, kw_only: bool) -> T:
    """A field apart: by name only. `kw_only` says so to the type checker and is always true."""
    assert kw_only
    return cast(T, _Apart(default))


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """The class as a node: its own fields, in their order, are what it is built from and compared by."""
    declared = vars(cls).get("__annotations__", {})
    apart = dict(getattr(cls, "__apart__", {}))
    for name in declared:
        marked = vars(cls).get(name)
        if isinstance(marked, _Apart):
            apart[name] = marked.default
            type.__setattr__(cls, name, marked.default)
    type.__setattr__(cls, "__apart__", apart)
    type.__setattr__(cls, "__match_args__", tuple(name for name in declared if name not in apart))
    return cls


class _Described:
    """attrs' description of a node, for whoever asks."""

    def __get__(self, _: object, cls: type) -> tuple[attrs.Attribute[Any], ...]:
        return _described(cls)


class Tree:
    """The base of every node."""

    __match_args__: ClassVar[tuple[str, ...]] = ()
    __apart__: ClassVar[dict[str, object]] = {}
    __attrs_attrs__: ClassVar[_Described] = _Described()

    def __init__(self, *values: Any, **named: Any) -> None:
        cls = self.__class__
        names, held = cls.__match_args__, self.__dict__
        held.update(zip(names, values, strict=False))
        if len(values) > len(names) or any(name in held or not _takes(cls, name) for name in named):
            raise TypeError(f"{cls.__name__} takes each of {', '.join(names) or 'nothing'} once")
        held.update(named)
        for name in names[len(values) :]:
            if name not in held:
                if name not in vars(cls):
                    raise TypeError(f"{cls.__name__} also takes {name}")
                held[name] = vars(cls)[name]
        for name, default in cls.__apart__.items():
            held.setdefault(name, default)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise attrs.exceptions.FrozenInstanceError

    def __delattr__(self, name: str) -> NoReturn:
        raise attrs.exceptions.FrozenInstanceError

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((self.__class__, *(getattr(self, name) for name in self.__match_args__)))

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{self.__class__.__name__}({said})"


def _takes(cls: type[Tree], name: str) -> bool:
    return name in cls.__match_args__ or name in cls.__apart__


@cache
def _described(cls: type[Tree]) -> tuple[attrs.Attribute[Any], ...]:
    own = vars(cls)
    fields = {n: attrs.field(default=own[n]) if n in own else attrs.field() for n in cls.__match_args__}
    apart = {name: attrs.field(default=default, kw_only=True, eq=False) for name, default in cls.__apart__.items()}
    made: Any = attrs.make_class(cls.__name__, {**fields, **apart})
    described: tuple[attrs.Attribute[Any], ...] = attrs.fields(made)
    return described


def evolve(old: T, **changes: object) -> T:
    """A node like `old` but for these fields. An unknown field is a `TypeError`."""
    return cast(T, attrs.evolve(cast(Any, old), **changes))


def nodes(of: object) -> Iterator[Tree]:
    """Every node in a part of a tree, itself included."""
    if isinstance(of, Tree):
        yield of
        for name in of.__match_args__:
            yield from nodes(getattr(of, name))
    elif isinstance(of, tuple):
        for each in of:
            yield from nodes(each)
