"""A finding in general, as `explain` and reports tell it: why it matters, what to avoid and prefer, what it misses."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen


@frozen
class Explained:
    """Code and name, why it matters, what closes it, and a clause with it and without it.

    Of a loophole also: `summary` in one sentence, `found_by` what (the terms, histories …), what silences it
    (`guards`), what it cannot see (`blind`), where it is described (`source`) and whether it can be accepted.
    """

    code: str
    name: str
    why: str
    remedy: str = ""
    avoid: str = ""
    prefer: str = ""
    summary: str = ""
    severity: str = ""
    found_by: str = ""
    guards: tuple[str, ...] = ()
    blind: str = ""
    source: str = ""
    acceptable: bool = False

    @property
    def acceptance(self) -> str:
        """The clause by which the parties say openly that it is meant; empty for what cannot be accepted."""
        return f'accept {self.name} because "…" until 31 March 2027' if self.acceptable else ""


ACCEPTED = (
    "In the contract or in the review beside it, with the reason; the last day may be left out. It is then shown with "
    "the reason and counts no more."
)


CHANGES = "These are changes to a contract in which nothing is found: outcomelang new FILE --from clean writes it."


def _is_change(clause: str) -> bool:
    return clause.startswith(("change ", "delete ", "insert "))


def sections(item: Explained) -> Iterator[tuple[str, str | tuple[str, ...], bool]]:
    """Heading, what stands under it (a list, or a text), and whether that is a clause. Empty ones are left out."""
    parts: tuple[tuple[str, str | tuple[str, ...], bool], ...] = (
        ("Avoid", item.avoid, True),
        ("Prefer", item.prefer, True),
        ("", CHANGES if item.acceptable and any(map(_is_change, (item.avoid, item.prefer))) else "", False),
        ("What silences it", item.guards, False),
        ("How to accept it", item.acceptance, True),
        ("", ACCEPTED if item.acceptable else "", False),
        ("What it cannot see", item.blind, False),
        ("What finds it", item.found_by, False),
        ("Described in", item.source, False),
    )
    yield from (part for part in parts if part[1])
