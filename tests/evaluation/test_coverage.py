"""What the examples of a contract exercise: clauses by what happens, thresholds on the line and just below it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outcomelang import compile_contract
from outcomelang.cli import main
from outcomelang.core.diagnostics import GROUND
from outcomelang.evaluation.coverage import Coverage, coverage

ROOT = Path(__file__).parents[2]
CONTRACTS = [*sorted((ROOT / "contracts").glob("*/contract.outcome")), *sorted((ROOT / "stdlib").glob("*.outcome"))]


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_examples_of_a_real_contract_exercise_every_clause(path: Path) -> None:
    missing = coverage(compile_contract(path).core).missing
    assert [f"{part.kind} {part.title}" for part in missing] == []


def covered(text: str) -> Coverage:
    return coverage(compile_contract(GROUND + text).core)


def said(found: Coverage) -> set[str]:
    return {f"{part.kind} {part.title}" for part in found.missing}


LIMITED = "limit Job Fee to £1,500; earliest first; the excess is not paid\n"


def test_a_contract_without_examples_exercises_nothing() -> None:
    found = covered("")
    assert len(found.missing) == len(found.parts)
    assert not any(met for _, met in found.boundaries)


def test_what_is_stipulated_shows_the_payment_and_not_the_outcome() -> None:
    text = 'example "Two"\n given 2 Jobs\n expect total £2,000, Job Fee £2,000\n'
    assert "payment Job Fee" not in said(covered(text))
    assert "outcome Job" in said(covered(text))
    text = 'example "One"\n given Client "A"\n 1 May 2025 Referral\n 1 June 2025 Job Start\n expect total £1,000\n'
    assert not {"payment Job Fee", "outcome Job"} & said(covered(text))


def test_a_limit_has_two_sides() -> None:
    def sides(jobs: int) -> dict[str, bool]:
        example = f'example "Jobs"\n given {jobs} Jobs\n expect total £1\n'
        return {b.side: met for b, met in covered(LIMITED + example).boundaries if b.of == "limit on Job Fee"}

    assert sides(1) == {"reached": False, "not reached": True}
    assert sides(2) == {"reached": True, "not reached": False}


@pytest.mark.parametrize(
    ("held", "met"),
    [("3", {"at"}), ("2", {"just below"}), ("1", set())],
)
def test_a_threshold_is_touched_on_the_line_or_a_step_below_it(held: str, met: set[str]) -> None:
    rows = "".join(f" {day} June 2025 Review\n" for day in range(1, int(held) + 1))
    text = (
        "outcome Seen of a Client, when the number of Reviews is at least 3, once\n"
        f'example "Reviews"\n given Client "A"\n 1 May 2025 Referral\n{rows} expect total nothing\n'
    )
    found = {b.side for b, touched in covered(text).boundaries if touched and b.of == "Seen"}
    assert found == met


def test_days_in_a_state_are_held_against_the_length_to_be_reached() -> None:
    def touched(last: str) -> set[str]:
        text = (
            "outcome Held of a Client, when Employment reaches 13 weeks without a break, once\n"
            f'example "Held"\n given Client "A"\n 1 May 2025 Referral\n 2 June 2025 Job Start\n {last} Job End\n'
            " expect total £1,000\n"
        )
        return {b.side for b, met in covered(text).boundaries if met and b.of == "Held"}

    assert touched("31 August 2025") == {"at"}
    assert touched("30 August 2025") == {"just below"}
    assert touched("29 August 2025") == set()


@pytest.mark.parametrize(
    ("last", "met"), [("31 August 2025", {"at"}), ("30 August 2025", {"just below"}), ("1 September 2025", set())]
)
def test_months_are_held_against_the_corresponding_day(last: str, met: set[str]) -> None:
    text = (
        f'example "Held"\n given Client "A"\n 1 May 2025 Referral\n 1 June 2025 Job Start\n {last} Job End\n'
        " expect total £1,000\n"
    )
    found = covered(text).boundaries
    assert {b.side for b, touched in found if touched and b.of == "Settled at 3 months"} == met


def test_at_most_has_its_other_side_just_above() -> None:
    text = (
        "outcome Few of a Client, when the number of Offences is at most 1, once\n"
        'example "Two"\n given Client "A"\n 1 May 2025 Referral\n 1 June 2025 Offence\n 2 June 2025 Offence\n'
        " expect total nothing\n"
    )
    assert {b.side: met for b, met in covered(text).boundaries if b.of == "Few"} == {"at": False, "just above": True}


def test_the_rows_of_tables_and_groups_are_told_apart() -> None:
    text = (
        'table Fee By Area by Area "North" £10 "South" £20\n'
        "payment Area Fee: the Council pays the Provider the Fee By Area for each Client\n"
        'example "North"\n given Client "A"\n 1 May 2025 Referral, Area "North"\n expect total £10, Area Fee £10\n'
    )
    missing = said(covered(text))
    assert {"group row Area “South”", "table row Fee By Area, “South”", "group row Year “Later”"} <= missing
    assert not {"group row Area “North”", "table row Fee By Area, “North”", "group row Year “Year 1”"} & missing


# ---------------------------------------------------------------- the command


def test_the_command_lists_what_is_missing_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.outcome"
    path.write_text(GROUND + 'example "Two"\n given 2 Jobs\n expect total £2,000, Job Fee £2,000\n', "utf-8")
    assert main(["test", str(path), "--coverage"]) == 0
    out = capsys.readouterr().out
    assert f"   not exercised: outcome Job ({path}:{GROUND[: GROUND.index('outcome Job')].count(chr(10)) + 1})" in out
    assert "   not touched: Settled at 3 months at 3 months" in out


def test_json_gives_every_part_and_boundary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.outcome"
    path.write_text(GROUND + LIMITED + 'example "Two"\n given 1 Job\n expect total £1,000, Job Fee £1,000\n', "utf-8")
    assert main(["test", str(path), "--coverage", "--format", "json"]) == 0
    (contract,) = json.loads(capsys.readouterr().out)["contracts"]
    parts = {(part["kind"], part["title"]): part["exercised"] for part in contract["parts"]}
    assert parts["payment", "Job Fee"] is True
    assert parts["outcome", "Job"] is False
    sides = {b["side"]: b["touched"] for b in contract["boundaries"] if b["of"] == "limit on Job Fee"}
    assert sides == {"reached": False, "not reached": True}


def test_only_coverage_is_written_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", str(tmp_path), "--format", "json"]) == 2
    assert "Only the coverage" in capsys.readouterr().err


def test_coverage_is_the_same_every_time() -> None:
    contract = compile_contract(ROOT / "contracts" / "work-programme" / "contract.outcome").core
    assert coverage(contract) == coverage(contract)
