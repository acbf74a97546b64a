"""What a stage took of drafts, as columns of a relation."""

from __future__ import annotations

from attrs import frozen


@frozen
class Cuts:
    """What one stage took: the columns `NAME_n` over `NAME_d`, 0 where nothing; `said` has title and clause for each
    payment, by its place."""

    name: str
    said: tuple[tuple[str, str], ...]
