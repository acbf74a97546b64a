"""Amendments as text: what belongs to which, how they meet variants, and what the versions are in the core."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from outcomelang.compiler import Compiled, compile_text
from outcomelang.core import ir
from outcomelang.core.artefact import digest, from_json, to_json
from outcomelang.core.diagnostics import GROUND
from outcomelang.core.invariants import broken
from outcomelang.diagnostic import ContractError
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.reference import evaluate

FIRST = "amendment 1 effective 1 April 2026\n"
SECOND = "amendment 2 effective 1 October 2026, for Clients joining on or after that date\n"
THIRD = "amendment 3 effective 1 April 2027\n"
GRANT = "insert payment Grant: the Council pays the Provider £5 for each Job\n"
ALL = f"{FIRST}change Job Fee to £1,100\n{SECOND}change Job Fee to £1,200\n{THIRD}{GRANT}"
LIFE = [(date(2026, 10, 1).toordinal(), "Referral"), (date(2026, 11, 1).toordinal(), "Job Start")]
BASE = GROUND + FIRST + "change Job Fee to £1,100\n"


def beside(base: str) -> Callable[[str], str]:
    """Reads the base from the file beside the contract, and no other."""

    def load(path: str) -> str:
        if path != "base.outcome":
            raise FileNotFoundError(path)
        return base

    return load


def made(text: str, base: str = "") -> Compiled:
    found = compile_text(text, load=beside(base))
    assert broken(found.core) == ()
    return found


def mistakes(text: str, base: str = "") -> list[str]:
    with pytest.raises(ContractError) as caught:
        compile_text(text, load=beside(base))
    return [found.name for found in caught.value.diagnostics]


def terms(core: ir.Contract, name: str) -> list[tuple[object, tuple[int, ...]]]:
    return [(f.amount.value, f.versions) for f in core.flows if f.name == name and isinstance(f.amount, ir.Const)]


def test_versions_are_everybodys_and_then_those_of_who_joins() -> None:
    core = made(GROUND + ALL).core
    joined = {"population": "Client", "joined_from": date(2026, 10, 1)}
    assert core.versions == (
        ir.Version(0),
        ir.Version(1, date(2026, 4, 1)),
        ir.Version(3, date(2027, 4, 1)),
        ir.Version(2, None, **joined),
        ir.Version(3, date(2027, 4, 1), **joined),
    )
    assert terms(core, "Job Fee") == [(100000, (0,)), (110000, (1, 2)), (120000, (3, 4))]
    assert terms(core, "Grant") == [(500, (2, 4))]


def test_each_amendment_of_one_day_for_who_joins_is_named_by_what_it_changed() -> None:
    both = SECOND + "change Job Fee to £1,200\n" + SECOND.replace("2", "3", 1) + GRANT
    core = made(GROUND + both).core
    assert [version.amendment for version in core.versions] == [0, 2, 3]
    assert (terms(core, "Job Fee"), terms(core, "Grant")) == ([(100000, (0,)), (120000, (1, 2))], [(500, (2,))])
    rows = [Row(day, str(n), day, "A", event, "HMRC", {}, 0, 0, True) for n, (day, event) in enumerate(LIFE)]
    found = evaluate(core, EventLog((), rows, [], rows[-1].day, (), False))
    assert [(entry.payment, entry.amendment) for entry in found.entries] == [("Job Fee", 2), ("Grant", 3)]


def test_the_terms_as_signed_may_stand_after_the_amendments() -> None:
    head, _, rest = GROUND.partition("\n")
    assert made(f"{head}\n{ALL}{rest}").core == made(GROUND + ALL).core


def test_a_clause_between_changes_is_a_term_as_signed() -> None:
    text = GROUND + FIRST + "payment Grant: the Council pays the Provider £5 for each Job\nchange Grant to £6\n"
    assert terms(made(text).core, "Grant") == [(500, (0,)), (600, (1,))]


def test_an_artefact_carries_all_versions() -> None:
    core = made(GROUND + ALL).core
    assert from_json(to_json(core)) == core
    assert digest(core) != digest(made(GROUND).core)


def test_a_variant_changes_the_terms_as_signed_and_keeps_the_amendments() -> None:
    core = made('contract "Other" based on "base.outcome"\nchange Job Fee to £900\n', BASE).core
    assert terms(core, "Job Fee") == [(90000, (0,)), (110000, (1,))]


def test_a_variant_may_amend_further() -> None:
    core = made(f'contract "Other" based on "base.outcome"\n{THIRD}change Job Fee to £1,300\n', BASE).core
    assert terms(core, "Job Fee") == [(100000, (0,)), (110000, (1,)), (130000, (2,))]


def test_a_change_before_the_first_amendment_changes_nothing() -> None:
    assert mistakes(GROUND + "change Job Fee to £900\n" + FIRST) == ["change-without-base"]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ("change Jobb Fee to £3", ["nothing-to-change"]),
        ("change Job Fee to £3\nchange Job Fee to Foo", ["unknown-name"]),
        ("delete Job", ["unknown-name"]),
        ("insert payment Job Fee: the Council pays the Provider £1", ["name-declared-twice"]),
        ("delete Client", ["unknown-name", "amendment-cannot-change"]),
        ("insert currency USD", ["amendment-cannot-change"]),
        ("payment Grant: the Council pays", ["unfinished-clause"]),
    ],
)
def test_a_mistake_is_said_once_however_many_versions_have_it(changes: str, wanted: list[str]) -> None:
    assert mistakes(f"{GROUND}{FIRST}{changes}\n{SECOND}{GRANT}{THIRD}") == wanted


def test_a_file_with_nothing_but_an_amendment_is_told_what_is_missing() -> None:
    assert "title-missing" in mistakes(FIRST)


def test_other_payments_for_who_joins_reach_nobody_else() -> None:
    desk = f"{SECOND}insert payment Desk: the Council pays the Provider £5 in each Quarter\n"
    assert mistakes(GROUND + desk) == ["amendment-reaches-others"]
    assert made(GROUND + SECOND + "insert payment Head: the Council pays the Provider £5 for each Client\n")
