"""`export sql`: the statements run as they are printed, and give what the engine gives."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
import sqlglot

from outcomelang.cli import main
from outcomelang.compiler import compile_text
from outcomelang.evaluation.reference import evaluate
from outcomelang.relational.compiling import plan
from outcomelang.relational.exporting import statements

from . import samples
from .agreement import load

CASE = samples.CONTRACTS / "work-programme"
HOSTILE = "x'); DROP TABLE rows; --"


def test_the_statements_run_as_they_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    sample = samples.example(CASE / "x1")
    assert main(["export", "sql", str(CASE / "contract.outcome")]) == 0
    text = capsys.readouterr().out
    with duckdb.connect() as connection:
        load(connection, sample.contract, sample.log)
        connection.execute(text)
        earned = connection.execute("SELECT count(*) FROM drafts").fetchall()
    assert earned[0][0] > 0
    assert "-- What Sustainment Fee earns." in text
    assert "every entry" in text


def test_a_limit_that_no_query_says_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "sql", str(samples.CONTRACTS / "prime-provider-waterfall" / "contract.outcome")]) == 0
    assert "what is due of it, no query says: " in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["fair-chance-fund/x1", "london-rough-sleepers-sib/x1"])
def test_the_account_is_what_the_statements_make_of_a_log(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    sample = samples.example(samples.CONTRACTS / folder)
    last = sample.as_of or sample.contract.last_claim
    assert last is not None
    path = samples.CONTRACTS / folder.partition("/")[0] / "contract.outcome"
    assert main(["export", "sql", str(path), "--as-of", last.isoformat()]) == 0
    text = capsys.readouterr().out
    entries = re.findall(r"“(.*)” has every entry", text)
    repays = [str(place) for place, flow in enumerate(sample.contract.flows) if flow.repays]
    sign = f"CASE WHEN flow IN ({', '.join(repays) or '-1'}) THEN -1 ELSE 1 END"
    with duckdb.connect() as connection:
        load(connection, sample.contract, sample.log)
        for one in (each for each in sqlglot.parse(text, dialect="duckdb") if each):
            rows = connection.execute(one.sql("duckdb")).fetchall()
            assert isinstance(one, sqlglot.exp.Create) or not rows, one.sql("duckdb")
        (total,) = connection.execute(f'SELECT sum({sign} * amount_n // amount_d) FROM "{entries[0]}"').fetchall()
    assert int(total[0]) == evaluate(sample.contract, sample.log, sample.as_of).total


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_both_dialects_can_be_read_back(dialect: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.sql"
    words = ["export", "sql", str(CASE / "contract.outcome"), "--dialect", dialect, "--output", str(out)]
    assert main([*words, "--as-of", "2014-01-31", "--no-rows"]) == 0
    read = sqlglot.parse(out.read_text("utf-8"), dialect=dialect)
    assert len(read) > 10
    assert "2014-01-31" in out.read_text("utf-8")


def test_what_sql_cannot_say_is_refused_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "sql", str(CASE / "amended.outcome")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "the contract is amended" in said.err


def test_a_name_that_would_be_a_statement_stays_a_name() -> None:
    base = (samples.GOLDEN / "bases" / "homes.outcome").read_text("utf-8")
    text = (
        base
        + f"""
outcome Good of a Client, when Session with Kind "{HOSTILE}" occurs, once
payment Fee: the Council pays the Charity £10 for each Good
"""
    )
    contract = compile_text(text, "a.outcome", str, None, doubts=False).core
    made = plan(contract, date(2026, 9, 30))
    for dialect in ("duckdb", "spark"):
        read = [
            one for one in sqlglot.parse(statements(contract, made, date(2026, 9, 30), dialect), dialect=dialect) if one
        ]
        assert {type(one).__name__ for one in read} <= {"Create", "Cache"}


@pytest.mark.parametrize("name", ["Drafts", "Pending", "Reports", "Clock", "Rows"])
def test_a_payment_may_be_called_as_a_stage_is(name: str) -> None:
    base = (samples.GOLDEN / "bases" / "homes.outcome").read_text("utf-8")
    text = base + f"\npayment {name}: the Council pays the Charity £10 for each Client\n"
    contract = compile_text(text, "a.outcome", str, None, doubts=False).core
    stages = [stage.relation.name for stage in plan(contract, date(2026, 9, 30)).stages]
    assert {"drafts", "pending", "reports"} <= set(stages)
    assert len({stage.lower() for stage in stages}) == len(stages)
