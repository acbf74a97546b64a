"""What a contract takes from a library: the same as if it were written out, and every finding at both places."""

from __future__ import annotations

from fractions import Fraction

import pytest

from outcomelang.compiler import Compiled, compile_text
from outcomelang.core.artefact import digest
from outcomelang.core.diagnostics import GROUND
from outcomelang.core.diagnostics.libraries import WORK
from outcomelang.core.from_surface.fillings import written
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse

USE = 'use Held Work from "work.outcome", where Work is Employment\n'
FEE = "payment Held Fee: the Council pays the Provider £300 for each Held\n"


def compiled(text: str, **files: str) -> Compiled:
    shelf = {"work.outcome": WORK} | {f"{name}.outcome": content for name, content in files.items()}

    def load(path: str) -> str:
        if path not in shelf:
            raise FileNotFoundError(path)
        return shelf[path]

    return compile_text(GROUND + text, "contract.outcome", load)


def found(text: str, **files: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(ContractError) as caught:
        compiled(text, **files)
    return caught.value.diagnostics


def test_what_is_taken_means_the_same_as_what_is_written_out() -> None:
    taken = compiled(USE + "outcome Held of a Client is Held Work with 26 weeks\n" + FEE)
    said = compiled("outcome Held of a Client, when Employment reaches 26 weeks in total, once\n" + FEE)
    assert digest(taken.core) == digest(said.core)


def test_another_text_of_the_library_makes_another_digest() -> None:
    text = USE + "outcome Held of a Client is Held Work with 26 weeks\n" + FEE
    other = WORK.replace("in total", "without a break")
    assert digest(compiled(text).core) != digest(compiled(text, work=other).core)


def test_what_is_not_taken_changes_nothing() -> None:
    text = USE + "outcome Held of a Client is Held Work with 26 weeks\n" + FEE
    other = WORK + "define Idle as 5\n"
    assert digest(compiled(text).core) == digest(compiled(text, work=other).core)


def test_a_finding_in_a_library_stands_at_the_use_and_shows_the_library() -> None:
    broken = WORK.replace("when Work reaches", "when Wurk reaches")
    text = 'use Held Work from "work.outcome", where Job Length is 26 weeks\noutcome Held of a Client is Held Work\n'
    (one,) = found(text + FEE, work=broken)
    assert one.name == "unknown-name"
    assert (one.span.path, one.span.line) == ("contract.outcome", GROUND.count("\n") + 2)
    assert [span.path for span, _ in one.related] == ["work.outcome"]


def test_a_clause_of_the_library_that_cannot_be_read_is_shown_at_both_places() -> None:
    (one,) = found(
        USE + "outcome Held of a Client is Held Work with 26 weeks\n" + FEE,
        work=WORK.replace("joins on Meeting", "jones on Meeting"),
    )
    assert one.span.path == "contract.outcome"
    assert one.related[0][0].path == "work.outcome"


def test_two_libraries_that_use_each_other_are_refused() -> None:
    one = 'library "One"\nuse B from "two.outcome"\noutcome A of a Client is B\n'
    two = 'library "Two"\nuse A from "one.outcome"\noutcome B of a Client is A\n'
    names = {each.name for each in found('use A from "one.outcome"\n', one=one, two=two)}
    assert names == {"library-in-a-circle"}


def test_a_misspelt_name_comes_with_what_was_probably_meant() -> None:
    (one,) = found('use Held Wrk from "work.outcome"\n')
    assert one.label == "did you mean “Held Work”?"
    (one,) = found('use Held Work from "emplyment"\n')
    assert "employment" in one.label
    (one,) = found('use Held Work from "work.outcome", where Job Lenght is 26 weeks\n')
    assert one.label == "did you mean “Job Length”?"


def test_whatever_a_library_says_every_finding_stands_in_the_contract() -> None:
    """Words are taken out of the library one by one: it is read, or refused at the place that uses it."""
    text = USE + "outcome Held of a Client is Held Work with 26 weeks\n" + FEE
    words = WORK.split(" ")
    for at in range(len(words)):
        broken = " ".join([*words[:at], *words[at + 1 :]])
        try:
            compiled(text, work=broken)
        except ContractError as error:
            assert {each.span.path for each in error.diagnostics} == {"contract.outcome"}, broken


def test_an_outcome_may_bear_the_name_of_the_definition() -> None:
    named = compiled(USE + "outcome Held Work of a Client is Held Work with 26 weeks\n")
    assert "Held Work" in [outcome.name for outcome in named.core.outcomes]


def test_a_table_of_the_contract_fills_a_blank() -> None:
    table = 'table Job Weeks by Area "North" 26 weeks "South" 13 weeks\n'
    taken = compiled(USE + table + "outcome Held of a Client is Held Work, where Job Length is Job Weeks\n" + FEE)
    said = compiled(table + "outcome Held of a Client, when Employment reaches the Job Weeks in total, once\n" + FEE)
    assert digest(taken.core) == digest(said.core)


def test_two_things_under_one_name_are_refused() -> None:
    text = (
        'use Held Work from "work.outcome"\n'
        "outcome Held of a Client is Held Work with 26 weeks, where Recorder is HMRC\n"
        "outcome Kept of a Client is Held Work with 13 weeks, where Recorder is Provider\n"
    )
    assert {each.name for each in found(text)} == {"name-also-in-library"}


@pytest.mark.parametrize(
    "text",
    [
        "£1,200.50", "-£3", "12.5%", "5 percentage points", "26 weeks", "0.5", "1 April 2026", '"a label"', "“a \" b”",
        "3, 6 and 12 months", "£768 and £1,631", "3 and 5",
    ],
)  # fmt: skip
def test_what_fills_a_blank_reads_back_the_same(text: str) -> None:
    def sample(of: str) -> ast.Stated:
        file, said = parse(Source("a.outcome", f'blank Some such as {of} "meaning"\n'))
        assert not said
        (blank,) = file.clauses
        assert isinstance(blank, ast.Blank)
        return blank.sample

    assert sample(written(sample(text))) == sample(text)


def test_small_fractions_keep_their_digits() -> None:
    assert written(ast.Number(Fraction(1, 8))) == "0.125"
