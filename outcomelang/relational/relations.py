"""The tables that stages pass on: the names of their columns, what each holds, and in which unit.

A day is a DATE; the first and the last day of the calendar (0001-01-01, 9999-12-31) stand for "ever" as they do in the
reference evaluator, and NULL for a day that is not known. An exact number is a pair of whole columns, `NAME_n` over
`NAME_d` with `NAME_d` above nothing; money is in minor units. No column is a binary float.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Type(StrEnum):
    """What a column holds, in words that every engine has one type for."""

    DAY = "DATE"
    WHOLE = "BIGINT"
    WIDE = "DECIMAL(38,0)"
    TEXT = "VARCHAR"
    FLAG = "BOOLEAN"
    PLACES = "rows of the log"
    """A list of (day, id, file, line) of rows, each once, in the total order."""


@frozen
class Column:
    name: str
    type: Type
    nullable: bool = False


@frozen
class Relation:
    name: str
    columns: tuple[Column, ...]


def exact(name: str, nullable: bool = False) -> tuple[Column, Column]:
    """The two columns of an exact number."""
    return Column(f"{name}_n", Type.WHOLE, nullable), Column(f"{name}_d", Type.WHOLE, nullable)


ROWS = (
    Column("day", Type.DAY),
    Column("id", Type.TEXT),
    Column("recorded", Type.DAY),
    Column("participant", Type.TEXT),
    Column("event", Type.TEXT),
    Column("source", Type.TEXT),
    Column("counts", Type.FLAG),
    Column("file", Type.WHOLE),
    Column("line", Type.WHOLE),
)
"""Every version of every row of a log, as `evaluation.event_log.Row`. Names are the declared ones.

After these come the contract's attributes, in the order in which its events declare them (`attribute_columns`).
"""

VERDICTS = (
    Column("day", Type.DAY),
    Column("id", Type.TEXT),
    Column("recorded", Type.DAY),
    Column("target", Type.TEXT),
    Column("verified", Type.FLAG),
    Column("source", Type.TEXT),
    Column("counts", Type.FLAG),
    Column("kind", Type.TEXT),
    Column("about", Type.TEXT),
    Column("whose", Type.TEXT),
    Column("file", Type.WHOLE),
    Column("line", Type.WHOLE),
)
"""Every version of every verdict, as `evaluation.event_log.Verdict`."""

DRAFTS = (
    Column("flow", Type.WHOLE),
    Column("kind", Type.TEXT),
    Column("label", Type.TEXT),
    Column("participant", Type.TEXT, nullable=True),
    Column("population", Type.TEXT, nullable=True),
    Column("episode", Type.WHOLE, nullable=True),
    Column("joined", Type.DAY, nullable=True),
    Column("joined_by", Type.TEXT, nullable=True),
    Column("partition", Type.TEXT, nullable=True),
    Column("group", Type.TEXT, nullable=True),
    Column("calendar", Type.TEXT, nullable=True),
    Column("period", Type.WHOLE, nullable=True),
    Column("member", Type.TEXT, nullable=True),
    Column("row", Type.TEXT, nullable=True),
    Column("outcome", Type.TEXT),
    Column("day", Type.DAY),
    Column("sequence", Type.WHOLE),
    Column("tie", Type.TEXT),
    *exact("units"),
    *exact("price"),
    Column("verified", Type.DAY, nullable=True),
    Column("due", Type.DAY, nullable=True),
    Column("released", Type.DAY, nullable=True),
    Column("claimed", Type.DAY),
    Column("rows", Type.PLACES),
)
"""What is earned before any stage of the account, as `evaluation.drafts.Draft`.

`flow` is its place in `Contract.flows`. `kind`, `label` and the columns down to `row` say of whom, as
`evaluation.scope.Scope` does: the participant and episode of a person (`joined_by`: the id of the joining row), the
label (`group`) of a partition, the number of a period, the name key of a member, the id of a row. After these comes a
column for each partition that a payer, a price or a limit reads: `label_N` for the N-th of `Contract.partitions`, the
row of it to which the person belongs. `claimed` is the day of the claim (`drafts.claim_day`).
"""

PENDING = (
    Column("what", Type.TEXT),
    Column("verdict", Type.TEXT),
    Column("count", Type.WHOLE),
    Column("subject", Type.TEXT),
    Column("until", Type.DAY, nullable=True),
)
"""What is not decided on the day of the account, as `evaluation.ledger.Pending`."""

REPORTS = (
    Column("name", Type.TEXT),
    Column("message", Type.TEXT),
    Column("count", Type.WHOLE),
    Column("day", Type.DAY, nullable=True),
    Column("id", Type.TEXT, nullable=True),
    Column("file", Type.WHOLE, nullable=True),
    Column("line", Type.WHOLE, nullable=True),
)
"""What a reader should know of the log that was found before the account, as `evaluation.ledger.Report`: how many of
each, and the first row of them in the total order, where there is one."""

ENDINGS = (Column("event", Type.TEXT), Column("day", Type.DAY))
"""The first day of each event with which the agreement may fall away (`stages.FallAway`), among the rows of the
contract as a whole."""
