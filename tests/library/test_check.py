"""`check` and `find_loopholes` as a program uses them."""

from __future__ import annotations

from datetime import date

from outcomelang import Severity, Verdict, check, compile_contract, find_loopholes
from outcomelang.resources import clean_text

FEE = "payment Enrolment Fee: Council pays the Provider £1,200 for each Jobseeker\n"
NAME = "pays-per-head-processed"
ACCEPTED = f'accept {NAME} because "a service fee" until 31 March 2027\n'


def test_a_clean_contract_has_no_finding_and_something_in_its_favour() -> None:
    contract = compile_contract(clean_text())
    assert check(contract) == check(clean_text()) == ()
    report = find_loopholes(contract)
    assert report.loopholes == report.faults == ()
    assert any(favour.said.verdict is Verdict.PROVED for favour in report.favours)


def test_a_loophole_is_a_finding_with_its_story_and_its_key() -> None:
    found = next(each for each in check(clean_text() + FEE) if each.name == NAME)
    assert found.severity is Severity.WARNING
    assert found.loophole is not None
    assert (found.loophole.verdict, found.loophole.key) == ("witness", f"{NAME}: Enrolment Fee")
    assert any("Person 1" in line for line in found.story)


def test_what_is_accepted_is_a_note_until_its_day() -> None:
    text = clean_text() + FEE + ACCEPTED

    def said(on: date) -> list[tuple[str, Severity]]:
        return [(each.name, each.severity) for each in check(text, on) if each.name in (NAME, "expired-acceptance")]

    assert said(date(2027, 3, 31)) == [(NAME, Severity.NOTE)]
    assert said(date(2027, 4, 1)) == [(NAME, Severity.WARNING), ("expired-acceptance", Severity.WARNING)]
    contract = compile_contract(text)
    assert NAME not in {each.rule.name for each in find_loopholes(contract, date(2027, 3, 31)).open}
    assert NAME in {each.rule.name for each in find_loopholes(contract, date(2027, 4, 1)).open}


def test_the_samples_of_a_library_are_no_agreement() -> None:
    library = clean_text().replace('contract "Steady Work"', 'library "Steady Work"') + FEE
    assert check(library) == check(compile_contract(library)) == ()


def test_the_function_is_not_hidden_by_the_package_of_the_rules() -> None:
    import outcomelang.loopholes

    assert callable(outcomelang.find_loopholes)
    assert outcomelang.loopholes.__name__ == "outcomelang.loopholes"
