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
from outcomelang.evaluation.log.schema import dictionary, example_rows, header, json_schema

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


# ---------------------------------------------------------------- members


@pytest.fixture
def families(contract: ir.Contract) -> ir.Contract:
    """Children are named by Household (logged as “child name”); Back At School is declared `of` them."""
    names = (ir.AttributeSpec("Name", ir.Unit.LABEL, ("child name",)), ir.AttributeSpec("Role", ir.Unit.LABEL))
    household = ir.Event("Household", "input", ir.Polarity.MORE, ("DWP",), of="Jobseeker", attributes=names)
    back = ir.Event("Back At School", "outcome", ir.Polarity.MORE, ("DWP",), of="Child")
    member = ir.Member("Child", "Children", "Jobseeker", "Household", "Name")
    return evolve(contract, events=(*contract.events, household, back), members=(member,))


def test_the_column_in_which_members_are_named_is_listed_once(families: ir.Contract) -> None:
    assert header(families)[-2:] == ["child name", "Role"]
    text = dictionary(families)
    assert "| `child name` | where it applies | Household: Name, a label; Back At School: Child, a label |" in text
    assert "* `child name` holds Child, a label" in text.partition("### Back At School")[2]


def test_the_column_is_listed_where_only_rows_of_members_have_it(families: ir.Contract) -> None:
    plain = evolve(families, events=families.events[-2:])
    assert header(plain)[-2:] == ["child name", "Role"]
    assert header(evolve(plain, events=plain.events[::-1]))[-2:] == ["child name", "Role"]


def test_the_example_rows_of_members_are_a_log(families: ir.Contract, tmp_path: Path) -> None:
    path = tmp_path / "example.csv"
    path.write_text(dictionary(families).partition("```csv\n")[2].partition("```")[0], "utf-8")
    *_, household, back = read_log(families, [path]).rows
    assert household.attributes["Name"] == back.attributes["Name"]


@pytest.mark.parametrize("wrong", [{"child name": ""}, {"child name": None}, {"participant": ""}])
def test_a_row_of_a_member_names_the_member_and_the_participant(
    families: ir.Contract, tmp_path: Path, wrong: dict[str, str | None]
) -> None:
    *_, row = example_rows(families)
    validator = jsonschema.Draft202012Validator(json_schema(families))
    validator.validate(row)
    bad = {column: cell for column, cell in {**row, **wrong}.items() if cell is not None}
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(bad)
    path = tmp_path / "events.csv"
    path.write_text(f"{','.join(bad)}\n{','.join(bad.values())}\n", "utf-8")
    with pytest.raises(LogError) as caught:
        read_log(families, [path])
    assert [found.name for found in caught.value.diagnostics] == ["empty-required-cell"]


def test_rows_by_which_people_join_name_a_participant_in_the_schema(contract: ir.Contract) -> None:
    joining, start, *_ = example_rows(contract)
    validator = jsonschema.Draft202012Validator(json_schema(contract))
    validator.validate({**start, "participant": ""})
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**joining, "participant": ""})


def test_where_people_join_on_their_first_row_any_row_may_be_of_nobody(contract: ir.Contract, tmp_path: Path) -> None:
    ways = tuple(ir.Way(ir.Select(ir.Rows(event.name)), first=True) for event in contract.events)
    whatever = evolve(contract, populations=(evolve(contract.populations[0], ways=ways),))
    path = tmp_path / "events.csv"
    path.write_text("id,participant,event,date,source\n1,,attached,2012-01-09,dwp\n", "utf-8")
    assert [row.participant for row in read_log(whatever, [path]).rows] == [""]
