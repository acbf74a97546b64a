"""Fields of the core that are texts but take only these words: what reads an artefact and its schema hold to them."""

from __future__ import annotations

_COMPARATORS = (">=", "<=", ">", "<", "==")
_ROUNDING = ("down", "up", "half up", "half even")

CLOSED_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("AttributeCompares", "comparator"): _COMPARATORS,
    ("Compares", "comparator"): _COMPARATORS,
    ("Arith", "op"): ("+", "-", "*", "/", "min", "max"),
    ("RowOf", "which"): ("first", "latest", "only"),
    ("Rounded", "mode"): _ROUNDING,
    ("RoundEach", "mode"): _ROUNDING,
    ("RoundTotal", "mode"): _ROUNDING,
    ("EachUnit", "parts"): ("proportion", "whole", "exact"),
    ("Reaches", "mode"): ("in total", "without a break", "in any"),
    ("Event", "kind"): ("input", "activity", "output", "outcome", "figure"),
    ("Partition", "word"): ("group", "cohort"),
    ("Ruling", "kind"): ("decided", "verified", "evidenced"),
    ("ExpectedVerdict", "verdict"): (
        "achieved",
        "failed",
        "open",
        "awaiting verification",
        "awaiting decision",
        "awaiting evidence",
    ),
}
"""By class and field. Kept beside `ir`, whose comments say the same."""
