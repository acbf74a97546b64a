"""Names of symbols: made of letters, digits and underscores alone, whatever a contract calls its things."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

_LONGEST = 60


def safe(text: str) -> str:
    """`Job Outcome Fee` is job_outcome_fee; of what is not Latin nothing is left."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        mark if mark.isascii() and mark.isalnum() else "_" for mark in plain if mark.isascii() or mark == " "
    )
    return "_".join(part for part in kept.split("_") if part)[:_LONGEST].strip("_")


def fresh(letter: str, text: str, taken: Container[str]) -> str:
    """A name with a letter in front that says what kind it is, so that it is no keyword anywhere; not taken yet."""
    name = f"{letter}_{safe(text)}".strip("_")
    found, number = name, 1
    while found in taken or found == letter:
        number += 1
        found = f"{name}_{number}"
    return found
