"""A small contract with every kind of attribute, and ways to read a log against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, LogError
from outcomelang.evaluation.log import EventLog, read_log

Unit = ir.Unit
EMPTY: dict[str, tuple[()]] = dict.fromkeys(
    ["joint_parties", "members", "calendars", "states", "measures", "tables", "outcomes", "flows", "stages"], ()
)


def event(name: str, *recorded_by: str, **more: object) -> ir.Event:
    return ir.Event(name, "outcome", ir.Polarity.MORE, recorded_by, **more)  # type: ignore[arg-type]


def make_contract() -> ir.Contract:
    spec = ir.AttributeSpec
    joins = ir.Way(ir.Select(ir.Rows("Attachment")), first=True)
    return ir.Contract(
        title="Work and wages",
        currency="GBP",
        minor_digits=2,
        first_day=date(2011, 6, 1),
        last_day=date(2017, 3, 31),
        last_claim=date(2018, 9, 30),
        value=None,
        parties=(
            ir.Party("DWP", "commissioner"),
            ir.Party("Prime", "provider", logged=("the provider",)),
            ir.Party("Awarding Body", "party"),
            ir.Party("HMRC", "assessor", independent=True),
        ),
        populations=(ir.Population("Jobseeker", "Jobseekers", (joins,), once=True),),
        partitions=(
            ir.Partition(
                "Payment Group",
                "group",
                "Jobseeker",
                ir.ByLabel("Attachment", "Payment Group"),
                (ir.PartitionRow("JSA 25 and over", logged=("JSA 25+",)), ir.PartitionRow("ESA ex-IB")),
            ),
            ir.Partition(
                "Need",
                "group",
                "Jobseeker",
                ir.ByOwnLabel(),
                (ir.PartitionRow("high"), ir.PartitionRow("low")),
                ("DWP",),
            ),
        ),
        events=(
            event("Attachment", "DWP", logged=("attached",), attributes=(spec("Payment Group", Unit.LABEL),)),
            event("Job Start", "Prime", verification=ir.Verification(("HMRC",)), attributes=(
                spec("Wage", Unit.MONEY, ("amount",)), spec("Weekly Hours", Unit.NUMBER), spec("Kind", Unit.LABEL),
            )),
            event("Job End", "Prime", of="Jobseeker"),
            event("Tenancy", "Prime", evidenced_by=("landlord letter",), attributes=(
                spec("Share", Unit.PERCENTAGE), spec("Signed", Unit.DATE), spec("Shared", Unit.FLAG),
                spec("Notice", Unit.DAYS),
            )),
        ),
        **EMPTY,
    )  # fmt: skip


@pytest.fixture(scope="session")
def contract() -> ir.Contract:
    return make_contract()


Write = Callable[..., Path]
Read = Callable[..., EventLog]
Refused = Callable[..., tuple[Diagnostic, ...]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a log: rows are given as lines, or the whole as bytes."""

    def to_file(*rows: str | bytes, name: str = "events.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(row if isinstance(row, bytes) else f"{row}\n".encode() for row in rows))
        return path

    return to_file


@pytest.fixture
def read(contract: ir.Contract, write: Write) -> Read:
    return lambda *rows: read_log(contract, [write(*rows)])


@pytest.fixture
def refused(contract: ir.Contract, write: Write) -> Refused:
    """The diagnostics of a log that must be refused."""

    def diagnostics(*rows: str | bytes) -> tuple[Diagnostic, ...]:
        with pytest.raises(LogError) as caught:
            read_log(contract, [write(*rows)])
        assert caught.value.diagnostics
        return caught.value.diagnostics

    return diagnostics
