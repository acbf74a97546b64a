"""A contract that pays for nothing has an account on an engine too."""

from __future__ import annotations

from pathlib import Path

from outcomelang import compile_contract, evaluate

CONTRACT = """contract "Nothing is paid"
commissioner Department
provider Prime
currency GBP
term beginning on 1 April 2015 and ending on 31 March 2021
claims up to and including 31 March 2022
participant Jobseeker, joins on Attachment, once, selected by the Department
event Attachment of a Jobseeker is an output, recorded by the Department
event Job Start of a Jobseeker is an outcome, recorded by the Prime, more is better
outcome Job of a Jobseeker
  when Job Start occurs in the 26 weeks after Attachment
  once
"""


def test_nothing_is_due(tmp_path: Path) -> None:
    path, events = tmp_path / "contract.outcome", tmp_path / "events.csv"
    path.write_text(CONTRACT, "utf-8")
    events.write_text("id,participant,event,date,source\nA,P1,Attachment,2015-10-23,Department\n", "utf-8")
    by_reference, by_engine = (
        evaluate(compile_contract(path), events, engine=engine) for engine in ("reference", "duckdb")
    )
    assert by_engine.total == by_reference.total == 0
    assert by_engine.lines == by_reference.lines == ()
