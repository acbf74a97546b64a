"""What the parties accept: it stays in the report, and an acceptance that meets nothing is said to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from outcomelang.core import ir
from outcomelang.diagnostic import Severity
from outcomelang.loopholes.diagnosis import diagnostics
from outcomelang.loopholes.finding import Said
from outcomelang.loopholes.rules import liability_without_limit, pays_per_head_processed
from outcomelang.loopholes.search import Report, find
from outcomelang.loopholes.study import Study

from .test_rules import TODAY, changed

HEAD, LIMIT = pays_per_head_processed.RULE, liability_without_limit.RULE
FEE = "insert payment Enrolment Fee: Council pays the Provider £600 for each Jobseeker\n"
YESTERDAY = date.fromordinal(TODAY.toordinal() - 1)


def _accept(rule: str, until: date | None = None) -> ir.Acceptance:
    return ir.Acceptance(rule, "It is a fee for the service", until)


def _report(*acceptances: ir.Acceptance, change: str = FEE) -> Report:
    return find(changed(change), (HEAD, LIMIT), TODAY, acceptances)


def _open(report: Report) -> list[str]:
    return [each.rule.name for each in report.open]


def test_without_an_acceptance_it_is_open() -> None:
    report = _report()
    assert _open(report) == [HEAD.name]
    assert (report.unused, report.unknown, report.expired) == ((), (), ())


def test_what_is_accepted_stays_in_the_report_as_a_note_with_its_reason() -> None:
    report = _report(_accept(HEAD.name))
    assert _open(report) == []
    assert [each.accepted for each in report.loopholes] == [_accept(HEAD.name)]
    (shown,) = diagnostics(changed(FEE), report)
    assert shown.severity is Severity.NOTE
    assert shown.loophole is not None and shown.loophole.accepted == "It is a fee for the service"


def test_it_holds_up_to_and_including_its_last_day() -> None:
    assert _open(_report(_accept(HEAD.name, TODAY))) == []
    report = _report(_accept(HEAD.name, YESTERDAY))
    assert _open(report) == [HEAD.name]
    assert report.expired == (_accept(HEAD.name, YESTERDAY),)


def test_a_renewed_acceptance_takes_the_place_of_the_one_that_ran_out() -> None:
    report = _report(_accept(HEAD.name, YESTERDAY), _accept(HEAD.name, TODAY))
    assert _open(report) == []
    assert report.expired == ()


def test_one_that_meets_nothing_may_be_struck_out_even_when_it_ran_out() -> None:
    for until in (None, YESTERDAY):
        report = _report(_accept(LIMIT.name, until))
        assert report.unused == (_accept(LIMIT.name, until),)
        assert report.expired == ()


def test_one_of_a_loophole_that_does_not_exist_is_said_to_be() -> None:
    report = _report(_accept("pays-for-nothing"))
    assert report.unknown == (_accept("pays-for-nothing"),)
    assert [each.code for each in diagnostics(changed(FEE), report)] == [HEAD.code, "OL601"]


def test_the_clauses_of_the_contract_are_meant_where_no_others_are_given() -> None:
    contract = changed(FEE + 'accept pays-per-head-processed because "It is a fee for the service"')
    assert find(contract, (HEAD,), TODAY).open == ()
    assert len(find(contract, (HEAD,), TODAY, ()).open) == 1


def _stopped(_: Study) -> Iterator[Said]:
    raise KeyboardInterrupt
    yield


def test_of_loopholes_that_were_not_looked_for_nothing_is_said() -> None:
    stopped = evolve(LIMIT, check=_stopped)
    report = find(changed(FEE), (stopped, HEAD), TODAY, (_accept(LIMIT.name), _accept(HEAD.name)))
    assert report.interrupted
    assert (report.loopholes, report.unused, report.unknown, report.expired) == ((), (), (), ())
