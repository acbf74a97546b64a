"""What deliverers are told about a log agrees with how it is read."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from attrs import evolve

from outcomelang.core import ir
from outcomelang.diagnostic import LogError
from outcomelang.evaluation.log import EventLog, read_log
from outcomelang.evaluation.log_schema import dictionary, example_rows, header, json_schema

Read = Callable[..., EventLog]


def test_the_header_names_required_columns_first_and_each_column_once(contract: ir.Contract) -> None:
    assert header(contract) == [
        "id", "participant", "event", "date", "source", "recorded", "verifies",
        "Payment Group", "Need", "amount", "Weekly Hours", "Kind", "Share", "Signed", "Shared", "Notice",
    ]  # fmt: skip


def test_without_verification_there_is_no_column_for_verdicts(contract: ir.Contract) -> None:
    unverified = evolve(contract, events=tuple(evolve(event, verification=None) for event in contract.events))
    assert "verifies" not in header(unverified)


def test_the_example_rows_are_a_log(contract: ir.Contract, tmp_path: Path) -> None:
    path = tmp_path / "example.csv"
    text = dictionary(contract).partition("```csv\n")[2].partition("```")[0]
    path.write_text(text, "utf-8")
    log = read_log(contract, [path])
    assert [row.event for row in log.rows] == [event.name for event in contract.events]
    assert log.reports == ()
    assert all(len(row.attributes) == n for row, n in zip(log.rows, (2, 3, 0, 4), strict=True))


def test_the_schema_is_one_and_takes_the_example_rows(contract: ir.Contract) -> None:
    schema = json_schema(contract)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    rows = list(example_rows(contract))
    for row in rows:
        validator.validate(row)
        validator.validate({**dict.fromkeys(header(contract), ""), **row})
    validator.validate({**rows[0], "event": "verified", "verifies": "E0001", "Payment Group": "", "Need": ""})


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": "Job Strat"},
        {"date": "3 April 2024"},
        {"id": ""},
        {"amount": "£5"},
        {"amount": "-5"},
        {"amount": "1.234"},
        {"Share": "5%"},
        {"colour": "red"},
        {"verifies": "E1"},
        {"event": "verified", "amount": ""},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(contract: ir.Contract, read: Read, wrong: dict[str, str]) -> None:
    row = {**list(example_rows(contract))[1], **wrong}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(row, json_schema(contract))
    out = StringIO()
    csv.DictWriter(out, row, lineterminator="\n").writerow(row)
    with pytest.raises(LogError):
        read(",".join(row), out.getvalue())


def test_a_group_label_is_limited_to_its_rows(contract: ir.Contract) -> None:
    row = next(example_rows(contract))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**row, "Payment Group": "JSA"}, json_schema(contract))


def test_the_dictionary_names_every_column_event_source_and_label(contract: ir.Contract) -> None:
    text = dictionary(contract)
    for name in header(contract):
        assert f"| `{name}` |" in text
    assert "### Attachment, written `attached`" in text
    assert "* verified by HMRC" in text
    assert "* evidenced by landlord letter" in text
    assert "* `Payment Group` holds Payment Group, a label: `JSA 25+`, `JSA 25 and over`, `ESA ex-IB`" in text


def test_text_of_the_contract_cannot_leave_its_place_in_the_dictionary(contract: ir.Contract) -> None:
    odd = evolve(contract, title="A | B\n# <b>C</b>")
    assert dictionary(odd).splitlines()[0] == "# The event log of A \\| B \\# \\<b\\>C\\</b\\>"
