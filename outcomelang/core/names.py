"""How names are compared: without regard to case, blanks, hyphens, underscores and the shape of an apostrophe."""

from __future__ import annotations

_DROPPED = str.maketrans({" ": None, "-": None, "_": None, "\t": None, "\u00a0": None, "’": "'", "‐": None, "–": None})


def name_key(text: str) -> str:
    """The form under which `Job Start`, `job_start` and `JOB-START` are one name."""
    return text.translate(_DROPPED).casefold()
