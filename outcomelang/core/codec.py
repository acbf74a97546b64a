"""Values of the core to JSON values and back, driven by the classes of `ir` alone: nothing is written twice.

A node is an object with its class under `is` and only the fields that differ from their default, so that a field
added later with a default leaves old artefacts and digests as they are. A fraction is "n/d" in lowest terms, a day is
ISO, an enumeration its value, a tuple a list. Where a field may hold values of several plain kinds (`Const.value`),
each is tagged: {"number": "1/2"}, {"day": "2012-01-09"}, {"label": "ESA"}. There is no float and no pickle.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import attrs

from outcomelang.core import ir
from outcomelang.core.closed_words import CLOSED_WORDS

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

_FRACTION = re.compile(r"(-?[0-9]{1,60})/([0-9]{1,60})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TAG = "is"
"""The key of a node's class: a word that no field can have, as it is none of Python's names."""

TAGS: dict[type, str] = {Fraction: "number", date: "day", str: "label"}


class Malformed(Exception):
    """The JSON value at `place` is not what the core needs there."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place or "the top", problem
        super().__init__(f"{self.place}: {problem}")


def field_types(cls: type) -> dict[str, Any]:
    """The types of a node's fields. A family names classes of others that it does not import: `ir` knows them all."""
    return get_type_hints(cls, localns=vars(ir))


@cache
def shape(cls: type) -> dict[str, tuple[attrs.Attribute[Any], Any]]:
    """The fields of a class with their types, `Origin` left out: it is carried apart."""
    hints = field_types(cls)
    return {a.name: (a, hints[a.name]) for a in attrs.fields(cls) if a.name != "origin"}


def fields_of(node: ir.Node) -> dict[str, tuple[attrs.Attribute[Any], Any]]:
    cls: Any = type(node)
    return shape(cls)


def parts(kind: Any) -> tuple[Any, ...]:
    """The members of a union; any other type alone."""
    return get_args(kind) if isinstance(kind, UnionType) else (kind,)


@cache
def plain_kinds(kind: Any) -> tuple[type, ...]:
    """Those of the kinds of a field that are tagged because the JSON text alone would not tell them apart."""
    found = tuple(t for t in parts(kind) if t in TAGS)
    return found if len(found) > 1 else ()


# ---------------------------------------------------------------- out


def encode(value: object, kind: Any, origins: bool) -> Json:
    """`value`, declared as `kind`, as a JSON value; with `origins`, nodes carry their place in the agreement."""
    match value:
        case None | bool():
            return value
        case ir.Node():
            return encode_node(value, origins)
        case tuple():
            each = get_args(kind)
            each = each[:1] * len(value) if each[-1] is Ellipsis else each
            return [encode(item, of, origins) for item, of in zip(value, each, strict=True)]
        case StrEnum():
            return value.value
        case _:
            return encode_plain(value, kind)


def encode_plain(value: object, kind: Any) -> Json:
    exact = Fraction(value) if isinstance(value, int) and Fraction in parts(kind) else value
    if isinstance(exact, int):
        return exact
    text = f"{exact.numerator}/{exact.denominator}" if isinstance(exact, Fraction) else str(exact)
    return {TAGS[type(exact)]: text} if plain_kinds(kind) else text


def encode_node(node: ir.Node, origins: bool) -> dict[str, Json]:
    """One object: its class, the fields that differ from their default, and the origin if it is asked for and known."""
    out: dict[str, Json] = {TAG: type(node).__name__}
    for name, (attribute, kind) in fields_of(node).items():
        value = getattr(node, name)
        if attribute.default is attrs.NOTHING or value != attribute.default:
            out[name] = encode(value, kind, origins)
    if origins and node.origin != ir.Origin():
        out["origin"] = [getattr(node.origin, name) for name in node.origin.__match_args__]
    return out


# ---------------------------------------------------------------- back


def decode(value: Json, kind: Any, place: str) -> object:
    """The core value that `encode` wrote, or `Malformed` with the place of what does not fit."""
    kinds = parts(kind)
    if value is None and NoneType in kinds:
        return None
    match value:
        case bool() if bool in kinds:
            return value
        case int() if int in kinds and not isinstance(value, bool):
            return bounded(value, place)
        case str() if not plain_kinds(kind):
            return decode_text(value, kinds, place)
        case list():
            return decode_list(value, kinds, place)
        case dict() if TAG in value:
            return decode_node(value, tuple(t for t in kinds if attrs.has(t)), place)
        case dict():
            return decode_tagged(value, plain_kinds(kind), place)
        case _:
            raise Malformed(place, "another kind of value is needed")


def bounded(value: int, place: str) -> int:
    if abs(value) >= 10**60:
        raise Malformed(place, "the number is too large")
    return value


def decode_text(text: str, kinds: tuple[Any, ...], place: str) -> object:
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            if text not in list(kind):
                raise Malformed(place, f"“{text[:40]}” is not one of {', '.join(kind)}")
            return kind(text)
        if kind in TAGS:
            return decode_plain(text, kind, place)
    raise Malformed(place, "a text does not fit here")


def decode_plain(text: str, kind: type, place: str) -> object:
    if kind is str:
        return text
    if kind is Fraction:
        found = _FRACTION.fullmatch(text)
        if not found or not int(found[2]):
            raise Malformed(place, f"“{text[:40]}” is not a fraction like 1/2")
        return Fraction(int(found[1]), int(found[2]))
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise Malformed(place, f"“{text[:40]}” is not a day like 2012-01-09") from None


def decode_tagged(value: dict[str, Json], kinds: tuple[type, ...], place: str) -> object:
    for kind in kinds:
        text = value.get(TAGS[kind])
        if len(value) == 1 and isinstance(text, str):
            return decode_plain(text, kind, place)
    raise Malformed(place, "it names no kind")


def decode_list(values: list[Json], kinds: tuple[Any, ...], place: str) -> tuple[object, ...]:
    each: tuple[Any, ...] = next((get_args(t) for t in kinds if get_origin(t) is tuple), ())
    if not each:
        raise Malformed(place, "a list does not fit here")
    each = each[:1] * len(values) if each[-1] is Ellipsis else each
    if len(each) != len(values):
        raise Malformed(place, f"the list needs {len(each)} items")
    return tuple(decode(value, of, f"{place}/{n}") for n, (value, of) in enumerate(zip(values, each, strict=True)))


def decode_node(value: dict[str, Json], classes: tuple[Any, ...], place: str) -> object:
    """The node of one of `classes` that the object describes: every field known, none missing, closed words closed."""
    cls = next((c for c in classes if c.__name__ == value[TAG]), None)
    if cls is None:
        raise Malformed(place, f"“{str(value[TAG])[:40]}” does not fit here")
    fields, found = shape(cls), dict[str, Any]()
    for name, item in value.items():
        if name in fields:
            found[name] = decode(item, fields[name][1], f"{place}/{name}")
        elif name == "origin":
            found[name] = decode_origin(item, f"{place}/origin")
        elif name != TAG:
            raise Malformed(place, f"“{name[:40]}” is not known")
    for name, (attribute, _) in fields.items():
        if name not in found and attribute.default is attrs.NOTHING:
            raise Malformed(place, f"“{name}” is missing")
        words = CLOSED_WORDS.get((cls.__name__, name))
        if words and name in found and found[name] not in words:
            raise Malformed(f"{place}/{name}", f"“{str(found[name])[:40]}” is not one of {', '.join(words)}")
    return cls(**found)


def decode_origin(value: Json, place: str) -> ir.Origin:
    if not isinstance(value, list) or [type(v) for v in value] != [str, int, int, int, int, str]:
        raise Malformed(place, "a place is path, line, column, end line, end column and clause")
    for number in value[1:5]:
        bounded(cast(int, number), place)
    return ir.Origin(*cast(tuple[str, int, int, int, int, str], tuple(value)))
