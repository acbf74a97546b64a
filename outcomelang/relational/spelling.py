"""Names as a log may spell them: the keys by which they are compared, on an engine as in `core.names`.

`name_key` folds case as Unicode does; engines only lower it. The few letters for which that differs are put right as
far as a name that is asked for could come of them, so that the answer is the same for every text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sqlglot import exp

from outcomelang.core.names import name_key
from outcomelang.relational import primitives as p

E = exp.Expr
_DROPPED = " -_\t\u00a0‐–"
_SWAPPED = {"’": "'", "\u0130": "\ufffd"}
"""An apostrophe; and a letter that engines lower to another one than Python folds it to."""


@cache
def _folded_otherwise() -> dict[str, str]:
    """Letters that fold to something else than what they are lowered to."""
    blocks = ("".join(map(chr, range(first, first + 128))) for first in range(128, 0x1E980, 128))
    each = (letter for block in blocks if block.casefold() != block.lower() for letter in block)
    return {letter: letter.casefold() for letter in each if letter.casefold() != letter.lower()}


def key(text: E, wanted: Iterable[str]) -> E:
    """The key of a text, as far as it can be one of those that are wanted."""
    keys = [name_key(each) for each in wanted]
    special = {a: b for a, b in _folded_otherwise().items() if any(b in each for each in keys)}
    single = {**_SWAPPED, **{a: b for a, b in special.items() if len(b) == 1 and a not in _SWAPPED}}
    swapped = exp.func("TRANSLATE", text, p.text("".join(single) + _DROPPED), p.text("".join(single.values())))
    for letter, folded in special.items():
        if len(folded) > 1 and letter not in _SWAPPED:
            swapped = exp.func("REPLACE", swapped, p.text(letter), p.text(folded))
    return exp.Lower(this=swapped)


def is_one_of(text: E, keys: Iterable[str]) -> E:
    """Whether a text means one of these names (given as keys)."""
    wanted = sorted(set(keys))
    return p.one_of(key(text, wanted), wanted) if wanted else p.flag(False)


def meant(text: E, labels: dict[str, str]) -> E:
    """The name that a text means, by key; NULL where it means none. Most texts are spelled as the name is."""
    found = key(text, labels)
    plain = sorted(label for label in set(labels.values()) if labels.get(name_key(label)) == label)
    as_declared = [(p.same(text, p.text(label)), p.text(label)) for label in plain]
    pairs = [(p.same(found, p.text(each)), p.text(label)) for each, label in sorted(labels.items())]
    return p.case(*as_declared, *pairs) if pairs else exp.cast(exp.null(), "varchar")
