"""Examples and acceptances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Const, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]


def given(core: ir.Contract) -> ir.Given:
    return core.examples[-1].givens[0]


def test_a_person_with_rows(on_ground: Compile) -> None:
    core = on_ground(
        'example "One"\n  given Client "A", Year "Year 1"\n    1 May 2025 Referral, Area "North", Plan Value £10\n'
        "    1 June 2025 Job Start, Weekly Hours 16\n  expect total nothing"
    )
    rows = (
        ir.GivenRow(
            "Referral",
            date(2025, 5, 1),
            (("Area", Const("North", Unit.LABEL)), ("Plan Value", Const(Fraction(1000), Unit.MONEY))),
        ),
        ir.GivenRow("Job Start", date(2025, 6, 1), (("Weekly Hours", Const(Fraction(16), Unit.NUMBER)),)),
    )
    assert given(core) == ir.GivenPerson("Client", "A", (("Year", "Year 1"),), rows)


VALUES = [
    (
        'given Offence Rate of "Year 1" 52.3%',
        ir.GivenValue("Offence Rate", "Year 1", Const(Fraction(523, 1000), Unit.PERCENTAGE)),
    ),
    ("given Offences Seen 12", ir.GivenValue("Offences Seen", "", Const(Fraction(12), Unit.NUMBER))),
    ('given Warmth in "quarter 1" 5', ir.GivenValue("Warmth", "Quarter 1", Const(Fraction(5), Unit.NUMBER))),
    ("given 24 Jobs", ir.GivenMany(24, ir.Achievements("Job"), (), ())),
    ('given 3 Jobs with Area "North"', ir.GivenMany(3, ir.Achievements("Job"), (("Area", "North"),), ())),
    (
        "given 2 Referrals with Plan Value of £125,000",
        ir.GivenMany(2, ir.Rows("Referral"), (), (("Plan Value", Const(Fraction(12_500_000), Unit.MONEY)),)),
    ),
    ("given 5 Settled at 3 months", ir.GivenMany(5, ir.Achievements("Settled at 3 months"), (), ())),
    ('given 1 Warm Quarter in "Quarter 1"', ir.GivenMany(1, ir.Achievements("Warm Quarter"), (), (), "Quarter 1")),
]  # fmt: skip


@pytest.mark.parametrize(("words", "stipulated"), VALUES)
def test_what_is_stipulated(on_ground: Compile, words: str, stipulated: ir.Given) -> None:
    core = on_ground(
        "figure Warmth in each Quarter, reported by HMRC, as a number\n"
        "outcome Warm Quarter in each Quarter, when Warmth is at least 5\n"
        f'example "One"\n  {words}\n  expect total nothing'
    )
    assert given(core) == stipulated


def test_what_is_expected(on_ground: Compile) -> None:
    core = on_ground(
        "payment Fee: the Council pays the Provider £30 for each Year\n"
        'example "One"\n  expect as of 1 May 2026\n    Fee "Year 1" £30\n    Settled at 3 months £500\n'
        "    Job Fee nothing\n"
        "    Job is achieved on 3 May 2025\n    total £530"
    )
    assert core.examples[-1].expects == (
        ir.Expected(
            date(2026, 5, 1),
            (
                ir.ExpectedLine("Fee", "Year 1", 3000),
                ir.ExpectedLine("Settled at 3 months", "", 50_000),
                ir.ExpectedLine("Job Fee", "", 0),
                ir.ExpectedVerdict("Job", "achieved", date(2025, 5, 3)),
                ir.ExpectedTotal(53_000),
            ),
        ),
    )


def test_an_accepted_finding(on_ground: Compile) -> None:
    core = on_ground('accept hard-cases-earn-nothing-more because "DWP refers everybody" until 31 March 2027')
    assert core.acceptances == (
        ir.Acceptance("hard-cases-earn-nothing-more", "DWP refers everybody", date(2027, 3, 31)),
    )


WRONG = [
    ("given Offences Seen £12", "unlike-quantities"),
    ('given Client "A", Year "Year 9"', "label-unknown"),
    ('given Client "A"\n    1 May 2025 Referral, Weight 3', "attribute-unknown"),
    ('given Client "A"\n    1 May 2025 Referral, Area "Nord"', "label-unknown"),
    ('given Client "A"\n    1 May 2025 Referral, Plan Value 3', "unlike-quantities"),
    ('given Client "A"\n    1 May 2025 Referral, Plan Value -£3', "given-does-not-fit"),
    ("given 3 Joops", "unknown-name"),
    ("given 3 Settled", "rung-missing"),
    ("given 3 Job Fees", "wrong-kind-of-name"),
]


@pytest.mark.parametrize(("words", "name"), WRONG)
def test_what_cannot_be_stipulated(findings: Findings, words: str, name: str) -> None:
    assert [found.name for found in findings(f'example "One"\n  {words}\n  expect total nothing')] == [name]


FAMILY = (
    (
        "member Child (Children) of a Client, read from Area of Referral\n"
        "event Return of a Child is an outcome, recorded by HMRC, more is better\n"
        "outcome Back of a Child, when Return occurs, once\n"
        "define Returns Seen of each Child as the number of Returns\n"
        "define Reviews Seen of each Client as the number of Reviews\n"
        "define Reviews Held in each Quarter as the number of Reviews\n"
        "table Price by Area  “North” £5  “South” £6\n"
    )
    .replace("“", '"')
    .replace("”", '"')
)
ANNA = '  given Client "Anna"\n    1 May 2025 Referral, Area "North", Plan Value £10\n'
NOBODY = [
    ('expect\n    Job Fee "Anna" nothing', None),
    ('expect\n    Job Fee "anna" nothing', "Anna"),
    ('expect\n    Job Fee "council" £5', None),
    ('expect\n    Job Fee "HMRC" nothing', ""),
    ('expect\n    Job Fee "Councl" nothing', "Council"),
    ('expect\n    Rate Card "Year 1" nothing', ""),
    ('expect\n    Job "Bob" is open until 1 May 2026', ""),
    ('expect\n    Back "Anna, North" is open until 1 May 2026', None),
    ('expect\n    Back "North" is open until 1 May 2026', "Anna, North"),
    ('given Offence Rate of "year 1" 5%\n  expect total nothing', None),
    ('given Offence Rate of "Year 3" 5%\n  expect total nothing', "Year 1"),
    ('given Offence Rate of "Anna" 5%\n  expect total nothing', ""),
    ('given Offences Seen of "Anna" 5\n  expect total nothing', ""),
    ('given Reviews Seen of "Anna" 5\n  expect total nothing', None),
    ('given Reviews Seen of "Ana" 5\n  expect total nothing', "Anna"),
    ('given Returns Seen of "North" 5\n  expect total nothing', None),
    ('given Returns Seen of "South" 5\n  expect total nothing', ""),
    ('given Reviews Held in "Quarter 1" 5\n  expect total nothing', None),
    ('given Reviews Held in "Quarter 2" 5\n  expect total nothing', ""),
    ('given Reviews Held in "Qarter 1" 5\n  expect total nothing', "Quarter 1"),
    ('given 2 Jobs in "Quarter 1"\n  expect total nothing', None),
    ('given 2 Clients in "Quarter 0"\n  expect total nothing', ""),
]


@pytest.mark.parametrize(("words", "near"), NOBODY)
def test_an_example_names_somebody_who_is_there(findings: Findings, words: str, near: str | None) -> None:
    found = findings(f'{FAMILY}example "One"\n{ANNA}  {words}\n')
    assert [each.name for each in found] == ([] if near is None else ["example-of-nobody"])
    assert [remedy.text for each in found for remedy in each.remedies][:1] == ([f'"{near}"'] if near else [])


NOT_GIVEN = [
    "given Offence Rate 5%",
    'given Offences Seen is "many"',
    'given Area of "Anna" is "North"',
    "given Price £6",
    "given 2 Children",
    "given 2 Backs",
    "given 2 Returns",
    'given 1 Whole with Area "North"',
    'given Client "Bob"\n    1 May 2025 Referral of "North", Plan Value £10',
    'given Client "Bob"\n    1 May 2025 Return',
]


@pytest.mark.parametrize("words", NOT_GIVEN)
def test_what_would_be_given_to_nobody_is_refused(findings: Findings, words: str) -> None:
    more = "outcome Whole, when Offences Seen is at most 5\n"
    found = findings(f'{FAMILY}{more}example "One"\n{ANNA}  {words}\n  expect total nothing\n')
    assert [each.name for each in found] == ["given-does-not-fit"]
