"""Singular and plural, articles, small numbers in words, and lists with the punctuation of a contract."""

from __future__ import annotations

from collections.abc import Iterable

from outcomelang.prose.points import Point

_PREPOSITIONS = frozenset(
    (
        *("After", "Among", "At", "Before", "Between", "By", "During", "For", "From", "In", "Of", "On", "Over"),
        *("Per", "Since", "To", "Under", "Until", "With", "Within", "Without"),
    )
)
_PLURALS = frozenset(("Children", "Men", "People", "Police", "Women"))
_FOLLOWING = ("ed", "en")
_IRREGULAR = frozenset(
    ("Fewer", "Held", "Kept", "Left", "Longer", "Lost", "Made", "Met", "Paid", "Sent", "Spent", "Won")
)
"""How a word ends that says more of the noun before it: Sessions Attended, People Seen, People Fewer, Homes Kept."""
_SPELT_OUT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def plural(name: str) -> bool:
    """Whether a Defined Term asks for “are”: by its noun, wherever that stands (Points At Start, People Seen)."""
    words = name.split()
    head = next((at for at, word in enumerate(words) if at and word.capitalize() in _PREPOSITIONS), len(words))
    while head > 1 and follows(words[head - 1]) and noun_is_plural(words[head - 2]):
        head -= 1
    return noun_is_plural(words[head - 1])


def follows(word: str) -> bool:
    return word in _IRREGULAR or word.endswith(_FOLLOWING)


def noun_is_plural(word: str) -> bool:
    noun = word.rpartition("-")[2]
    ending = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    return noun in _PLURALS or (ending and len(noun) > 2)


def agreeing(name: str, singular: str, several: str) -> str:
    """`is` or `are`, `selects` or `select`, as the name asks."""
    return several if plural(name) else singular


def one(thing: str) -> str:
    """A thing with the article that its first sound asks for."""
    word = thing.partition(" ")[0]
    sounded = word.lower()
    letters = word.partition("-")[0]
    if letters.isupper() and not set(letters) & set("AEIOU"):
        return f"{'an' if letters[0] in 'FHLMNRSX' else 'a'} {thing}"
    consonant = sounded.startswith(("uni", "use", "usu", "eu", "one-", "once")) or sounded == "one"
    silent = sounded.startswith(("hour", "honest", "honour", "heir"))
    vowel = sounded[:1] in tuple("aeiou")
    return f"{'an' if silent or (vowel and not consonant) else 'a'} {thing}"


def in_words(number: int) -> str:
    return _SPELT_OUT[number] if number < len(_SPELT_OUT) else f"{number:,}"


def listing(lead: str, items: Iterable[Point], joint: str = "and") -> Point:
    """A lead and its items, each on a line of its own."""
    return Point(f"{lead}:", itemised(tuple(items), joint))


def running(lead: str, items: tuple[Point, ...]) -> Point:
    """The same, but one item alone goes on in the sentence."""
    return Point(f"{lead} {items[0].text}.") if len(items) == 1 else listing(lead, items)


def itemised(items: tuple[Point, ...], joint: str = "and") -> tuple[Point, ...]:
    """Items with the punctuation of their places: `…;`, `…; and`, `… .` Without a joint word every item ends alike."""
    last = len(items)
    between = f"; {joint}" if joint else ";"
    ends = (";" if place < last - 1 else between if place < last else "." for place in range(1, last + 1))
    return tuple(map(ended, items, ends))


def ended(item: Point, ending: str) -> Point:
    """An item whose last words end so: where it has items of its own, the last of these."""
    if item.points:
        text = item.text if item.text.endswith(":") else f"{item.text}:"
        return Point(text, (*item.points[:-1], ended(item.points[-1], ending)))
    return Point(item.text.removesuffix(".") + ending)
