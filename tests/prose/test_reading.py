"""A reading leaves nothing out: contracts that differ read differently, and every number, date and party is there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from outcomelang.compiler import Compiled, compile_path, compile_text
from outcomelang.core import ir
from outcomelang.core.artefact import digest
from outcomelang.prose.english import values
from outcomelang.prose.layout import markdown, plain_text
from outcomelang.prose.points import Point, Reading
from outcomelang.prose.reading import read
from outcomelang.tree import Tree, evolve, nodes

from ..golden.page import pages
from ..golden.page import read as page_of
from ..sampling import at_most
from .one_change import changed

ROOT = Path(__file__).parents[2]
CONTRACTS = sorted((ROOT / "contracts").glob("*/*.outcome"))
LIBRARIES = sorted((ROOT / "stdlib").glob("*.outcome"))
BASES = [path for path in CONTRACTS if path.name == "contract.outcome"]
SPOKEN = [path for path in pages() if path.parent.parent.name == "prose"]
WHOLE = sorted((Path(__file__).parent / "whole").glob("*.md"))
LONGEST_SENTENCE = 60
ALIKE = 2
"""How many changes of one kind are tried of each contract; `pytest --everything` tries them all."""

SAID_ELSEWHERE = {
    **dict.fromkeys(
        [f"{name}.unit" for name in ("Const", "Summed", "Attribute", "Read", "Lookup", "Arith", "Excess", "Rounded")],
        "a unit follows from what is computed, and is said where that is declared",
    ),
    "Observed.unit": "a figure's unit is said where the figure is declared",
    "Indexed.unit": "an indexed amount has the unit of the amount",
    "DaysIn.unit": "a number of days is the same as a length in days",
    "PerPerson.population": "whom a payment for an outcome or a record concerns is said there",
    "PerMember.member": "likewise",
    "PerRow.event": "likewise",
    "PerPeriod.calendar": "likewise",
    "PerGroup.partition": "likewise",
    "Population.again_months": "who joins once never joins again",
    "Population.again_days": "likewise",
    "Reaches.span_months": "only a moving stretch has a length",
    "Reaches.span_days": "likewise",
    "Reaches.allowed_break": "only where breaks count is there a longest one",
    "Bounds.first_included": "an open end has no bound that could belong to it",
    "Bounds.last_included": "likewise",
    "Spells.end_counts": "without an ending event no day of it can count",
    "Contract.flows": "payments and repayments stand in chapters of their own, each in its order",
    "EachUnit.parts": "a word that the core does not know",
}
"""The only fields of the core that may change without a word: in none of these places do they mean anything."""

PROGRAMMERS = (
    "null|none|boolean|string|integer|float|tuple|array|object|node|field|enum|function|parameter|variable|"
    "argument|parse|compile|evaluate|evaluator|input file|default|token|syntax|schema|identifier|attribute|instance|"
    "class|method|module|predicate|quantity|domain|flow|driver|stage|partition|population|edge|anchor"
)


@cache
def core(path: Path) -> ir.Contract:
    if path.suffix == ".md":
        compiled = page_of(path).compiled
        assert isinstance(compiled, Compiled)
        return compiled.core
    return compile_path(str(path)).core


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


every_contract = pytest.mark.parametrize("path", [*CONTRACTS, *LIBRARIES, *SPOKEN], ids=named)


def texts(reading: Reading) -> Iterator[str]:
    def below(points: tuple[Point, ...]) -> Iterator[str]:
        for point in points:
            yield point.text
            yield from below(point.points)

    for chapter in reading.chapters:
        yield chapter.heading
        for clause in chapter.clauses:
            yield from below(clause.points)


# ---------------------------------------------------------------- what differs reads differently


def meaning(path: Path) -> ir.Contract:
    return evolve(core(path), examples=(), acceptances=(), assumptions=(), costs=(), benefits=(), purpose="")


def unsaid(contract: ir.Contract, most: int) -> dict[str, str]:
    """Changes that the reading does not show, each kind with its first place."""
    now, tried, found = read(contract), dict[str, int](), dict[str, str]()
    for place, other in changed(contract):
        kind = place.partition(": ")[2]
        tried[kind] = tried.get(kind, 0) + 1
        if tried[kind] > most:
            continue
        assert isinstance(other, ir.Contract)
        if read(other) == now and kind not in SAID_ELSEWHERE:
            found.setdefault(kind, place)
    return found


@pytest.mark.parametrize("path", [*BASES, *SPOKEN], ids=named)
def test_a_contract_that_differs_in_one_field_reads_differently(path: Path) -> None:
    assert unsaid(meaning(path), at_most(ALIKE, sys.maxsize)) == {}


def test_contracts_of_different_meaning_read_differently() -> None:
    read_so = {path: read(core(path)).chapters for path in CONTRACTS}
    for path, chapters in read_so.items():
        same = [
            other for other, its in read_so.items() if its == chapters and digest(core(other)) != digest(core(path))
        ]
        assert same == []


def test_both_ways_of_asking_for_an_outcome_read_differently() -> None:
    def outcome(words: str) -> str:
        head = (ROOT / "tests/golden/bases/homes.outcome").read_text("utf-8")
        both = "outcome Home of a Client, when Moving In occurs, once\noutcome Job of a Client, "
        return plain_text(read(compile_text(f"{head}{both}{words}, once\n", "a.outcome").core))

    after, when = outcome("after Home, when Job Start occurs"), outcome("when Job Start occurs and Home is achieved")
    assert "Only days after the day on which Home is achieved count" in after
    assert "Days before Home is achieved count as well." in when


# ---------------------------------------------------------------- nothing is left out


def dates(value: object) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, Tree):
        for name in value.__match_args__:
            yield from dates(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from dates(each)


@every_contract
def test_every_number_date_and_party_is_there(path: Path) -> None:
    contract = evolve(core(path), examples=())
    text = " ".join(texts(read(contract)))
    wanted = {values.const(node, contract) for node in nodes(contract) if isinstance(node, ir.Const)}
    wanted |= {values.dated(day) for day in dates(contract)}
    wanted |= {each.name for each in (*contract.parties, *contract.joint_parties)}
    said = text.replace(" percentage points", "%").replace(" percentage point", "%")
    assert sorted(each for each in wanted if each not in text and each not in said) == []


# ---------------------------------------------------------------- it is English


def generated(reading: Reading) -> list[str]:
    """The sentences, without what the author wrote between quotation marks or as a text."""
    apart = ("Set apart", "The agreement")
    kept = evolve_chapters(reading, apart)
    return [re.sub(r"“[^”]*”", "“…”", text) for text in texts(kept)]


def evolve_chapters(reading: Reading, apart: tuple[str, ...]) -> Reading:
    return Reading("", "", tuple(c for c in reading.chapters if not c.heading.startswith(apart)))


@every_contract
def test_no_sentence_is_longer_than_a_reader_can_hold(path: Path) -> None:
    sentences = [s for text in generated(read(core(path))) for s in re.split(r"(?<=[.:;]) ", text)]
    assert [s for s in sentences if len(s.split()) > LONGEST_SENTENCE] == []


def test_no_sum_is_so_deep_that_its_sentences_grow() -> None:
    head = (ROOT / "tests/golden/bases/homes.outcome").read_text("utf-8")
    part = "the number of Sessions in the 6 months beginning with the first Job Start"
    deep = part
    for _ in range(12):
        deep = f"(the greater of {part} and ({deep} plus {part}))"
    contract = compile_text(f"{head}define Deep of each Client as {deep}\n", "a.outcome").core
    sentences = [s for text in generated(read(contract)) for s in re.split(r"(?<=[.:;]) ", text)]
    assert max(len(s.split()) for s in sentences) <= LONGEST_SENTENCE


@every_contract
def test_no_word_of_programmers_is_used(path: Path) -> None:
    contract = core(path)
    small = " ".join(re.sub(r"\b[A-Z][\w'’-]*", "", text) for text in generated(read(contract)))
    assert re.findall(rf"\b(?:{PROGRAMMERS})s?\b|_|==|>=|<=", small) == []


@every_contract
def test_sentences_begin_with_a_capital_and_end_with_a_stop(path: Path) -> None:
    for chapter in read(core(path)).chapters:
        for clause in chapter.clauses:
            for point in clause.points:
                assert point.text[:1].upper() == point.text[:1], point.text
                assert point.text.endswith((":",) if point.points else (".", "!", "?")), point.text


def test_it_says_at_head_and_foot_that_it_is_not_the_agreement() -> None:
    text = " ".join(plain_text(read(core(BASES[0]))).split())
    notice = read(core(BASES[0])).notice
    assert text.count(notice) == 2
    assert "It is not the agreement" in notice
    assert text.endswith(notice)


# ---------------------------------------------------------------- whole contracts


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_a_whole_contract_reads_as_it_did(path: Path, request: pytest.FixtureRequest) -> None:
    now = markdown(read(core(ROOT / "contracts" / path.stem / "contract.outcome")))
    if now != path.read_text("utf-8") and request.config.getoption("--update-golden"):
        path.write_text(now, "utf-8")
        pytest.fail("the page was rewritten: read what changed")
    assert now == path.read_text("utf-8")


def test_there_are_enough_whole_contracts() -> None:
    assert len(WHOLE) >= 6
