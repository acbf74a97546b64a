"""Person by person over an engine: the ledger of the reference, on every fifth page with a log; `by_person.py` goes
through all of them, each as of several days. The logs of the library: `test_library_agrees.py`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlglot import exp

from outcomelang.evaluation.event_log import Row
from outcomelang.evaluation.notes import Notes
from outcomelang.evaluation.reference import Account, evaluate
from outcomelang.evaluation.waiting import Waiting
from outcomelang.relational.duckdb_engine import DuckDB
from outcomelang.relational.engines import Engine
from outcomelang.relational.evaluating import ByPerson
from outcomelang.relational.evaluating import evaluate as on_engine
from outcomelang.relational.handing_back import HandedBack
from outcomelang.relational.log import LogTables
from outcomelang.relational.people import logs
from outcomelang.relational.people.locality import Local, locality
from outcomelang.relational.people.logs import _of_whole_people
from outcomelang.relational.people.together import Together
from outcomelang.relational.people.writing import write
from outcomelang.relational.plan import Refusal
from outcomelang.relational.relations import DRAFTS, Type

from ..sampling import some
from . import samples
from .agreement import load
from .by_person import days, differing, reckoned, way
from .conftest import ENGINES

GOLDEN = samples.golden()
PAGES = {f"{path.parent.name}/{path.stem}": path for path in GOLDEN}


def sampled(name: str) -> samples.Sample:
    found = samples.page(PAGES[name])
    assert found is not None
    return found


@pytest.mark.parametrize("path", some(GOLDEN, 8), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_has_the_ledger_of_the_reference(path: Path) -> None:
    sample = samples.page(path)
    if sample is None:
        return
    of = way(sample.contract, sample.as_of)
    if isinstance(of, str):  # the reference makes this account: nothing can differ
        assert of
        return
    every = list(days(sample.log, sample.as_of))
    for as_of in dict.fromkeys((every[0], every[len(path.stem) % len(every)])):
        with DuckDB(threads=1) as engine:
            load(engine._connection, sample.contract, sample.log)
            made = reckoned(sample.contract, sample.log, as_of, of, engine, batch=3)
        assert differing(made, evaluate(sample.contract, sample.log, as_of)) == []


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
@pytest.mark.parametrize(
    "name",
    [
        "amendments/for_those_who_join_from_the_day_it_holds_all_their_life",
        "rulings/a_decision_of_another_party_does_not_count",
    ],
)
def test_every_engine_gives_the_ledger_of_the_reference(name: str, engine: Any) -> None:
    sample = sampled(name)
    hand_over(engine, sample)
    tables = LogTables(sample.log.files, sample.log.last_day, sample.log.corrected, sample.log.reports, 0)
    found = on_engine(sample.contract, engine, tables, sample.as_of, "")
    assert found.by_person is not None
    assert differing(found.ledger, evaluate(sample.contract, sample.log, sample.as_of)) == []


def hand_over(engine: Any, sample: samples.Sample) -> None:
    if isinstance(engine, DuckDB):
        load(engine._connection, sample.contract, sample.log)
        return
    from .on_spark import _hand_over

    _hand_over(engine, sample.contract, sample.log)


@pytest.mark.parametrize("batch", [1, 3])
def test_who_is_among_so_many_is_told_from_everybody(batch: int) -> None:
    sample = sampled("people/nobody_joins_beyond_the_number_for_which_the_contract_is_meant")
    of = way(sample.contract, sample.as_of)
    assert isinstance(of, ByPerson)
    with DuckDB(threads=1) as engine:
        load(engine._connection, sample.contract, sample.log)
        made = reckoned(sample.contract, sample.log, sample.as_of, of, engine, batch)
    assert any(report.name == "too-many-people" for report in made.reports)
    assert differing(made, evaluate(sample.contract, sample.log, sample.as_of)) == []


# ---------------------------------------------------------------- of which contracts


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "figures/answers_count_when_enough_of_those_asked_answer",
            "Year Fee is earned by each Year, of everybody in it",
        ),
        ("groups/an_outcome_of_all_years_together_leaves_out_those_that_succeeded", "Low Fee is earned by each Year"),
        ("amendments/what_is_counted_for_everybody_counts_both_words", "achievements of several people are counted"),
        (
            "quantities/people_with_and_without_a_step_of_an_outcome_are_counted",
            "of Client several are counted together",
        ),
        ("guarantees/a_guarantee_may_hold_in_each_period", "rows of Referral are read of everybody together"),
    ],
)
def test_what_looks_at_several_people_is_refused_by_name(name: str, why: str) -> None:
    found = locality(sampled(name).contract)
    assert isinstance(found, Refusal)
    assert found.why.startswith(why)


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("figures/a_figure_belongs_to_the_period_of_its_date", {"Unemployment Rate"}),
        ("indexation/a_price_follows_the_index_on_each_anniversary", {"Price Index"}),
        ("drivers/a_number_in_each_quarter_is_of_that_quarter", {"Session"}),
        ("plans/a_choice_outside_its_time_breaks_the_plan", set()),
    ],
)
def test_rows_that_are_nobodys_are_seen_by_everybody(name: str, shared: set[str]) -> None:
    found = locality(sampled(name).contract)
    assert isinstance(found, Local)
    assert found.shared == shared


def test_more_rows_for_everybody_than_memory_should_hold_go_to_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    sample = sampled("indexation/a_price_follows_the_index_on_each_anniversary")
    of = way(sample.contract, sample.as_of)
    assert isinstance(of, ByPerson)
    monkeypatch.setattr(logs, "MOST_SHARED", 1)
    with DuckDB(threads=1) as engine:
        load(engine._connection, sample.contract, sample.log)
        with pytest.raises(HandedBack, match="more than 1 rows are of the contract as a whole"):
            reckoned(sample.contract, sample.log, sample.as_of, of, engine, batch=3)


# ---------------------------------------------------------------- the parts


def test_nobody_is_cut_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "BATCH", 2)
    batches = list(_of_whole_people([("a", 1), ("b", 1), ("b", 2), ("b", 3), ("c", 1), ("d", 1)]))
    assert [[owner for owner, _ in batch] for batch in batches] == [["a", "b", "b", "b"], ["c", "d"]]
    assert list(_of_whole_people([])) == []


HOSTILE = ["'; DROP TABLE drafts; --", "a\x1db\x1fc\x1cd\x1c1", "\x04 nothing ", "\x1a\x1e\0\n\r", "{}[],\\", "", "é😀"]


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
def test_any_text_comes_back_as_it_was(engine: Engine) -> None:
    columns = {column.name: column.type for column in DRAFTS if column.name in ("label", "day", "units_n", "rows")}
    given = [
        (text, date(2020, 2, 29), 2**63 - 1 - number, [row(text, number), row(f"{text}.", number)])
        for number, text in enumerate(HOSTILE)
    ]
    write(engine, "drafts", columns, iter([given[:3], [], given[3:], [("none", date(1, 1, 1), 0, [])]]))
    query = exp.select(*(exp.column(name, quoted=True) for name in columns)).from_(exp.table_("drafts", quoted=True))
    found = sorted(engine.fetch(query.order_by(exp.column("units_n"))), key=lambda record: record[2])
    assert [tuple(record) for record in found] == [("none", date(1, 1, 1), 0, []), *given[::-1]]


def row(name: str, number: int) -> dict[str, object]:
    return {"day": date(2020, 1, 1), "id": name, "file": number, "line": 7}


def test_a_relation_without_rows_has_its_columns() -> None:
    with DuckDB(threads=1) as engine:
        write(engine, "drafts", {column.name: column.type for column in DRAFTS}, iter([]))
        assert engine.fetch(exp.select("*").from_("drafts")) == []
    assert any(column.type is Type.PLACES for column in DRAFTS)


def said(*rows: Row | None) -> Account:
    notes, waiting = Notes(("log.csv",)), Waiting()
    for each in rows:
        notes.add("no-value", "Wage has no value", each)
        waiting.count("Fee", "open", "P2" if each is None else each.participant, None if each is None else each.day)
    return cast(Account, SimpleNamespace(facts=SimpleNamespace(notes=notes, rows={}), waiting=waiting))


def noted(day: int, name: str) -> Row:
    return Row(day, name, day, f"P{name}", "", "", {}, 0, day, True)


def test_reports_and_waits_add_up() -> None:
    found = Together(sampled("plans/a_choice_outside_its_time_breaks_the_plan").contract)
    found.add(said(noted(7, "3"), noted(5, "4")))
    found.add(said(noted(5, "2")))
    assert found.reports() == [("no-value", "Wage has no value", 3, date(1, 1, 5), "2", 0, 5)]
    assert found.pending() == [("Fee", "open", 3, "P2", date(1, 1, 5))]


def test_a_report_with_a_row_here_and_without_one_there_is_the_references() -> None:
    found = Together(sampled("plans/a_choice_outside_its_time_breaks_the_plan").contract)
    found.add(said(None))
    with pytest.raises(HandedBack, match="Wage has no value"):
        found.add(said(noted(5, "2")))
