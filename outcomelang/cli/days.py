"""Days on the command line and in text for people."""

from __future__ import annotations

from datetime import date

from outcomelang.cli.arguments import UsageExit

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(text: str | None) -> date | None:
    """2026-05-03 or “3 May 2026”; None stays None."""
    if text is None:
        return None
    words = text.split()
    try:
        if len(words) == 3:
            month = next(n for n, name in enumerate(MONTHS, 1) if name.casefold() == words[1].casefold())
            return date(int(words[2]), month, int(words[0]))
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text)
    except (ValueError, StopIteration):
        raise UsageExit(
            f"“{text}” is not a day. Write 2026-05-03 or “3 May 2026”.", "outcomelang evaluate --help"
        ) from None


def in_words(when: date) -> str:
    """3 May 2026"""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
