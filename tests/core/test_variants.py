"""Variants: what is inherited, changed, deleted and inserted."""

from __future__ import annotations

import pytest

from outcomelang.compiler import Compiled, compile_text
from outcomelang.core import ir
from outcomelang.core.diagnostics import GROUND
from outcomelang.core.invariants import broken
from outcomelang.diagnostic import ContractError

EXAMPLE = 'example "Nothing"\n  expect total nothing\n'
TABLE = (
    'table Price by Area  "North" £30  "South" £40\n'
    "payment Price Fee: the Council pays the Provider the Price for each Job\n"
)
REST = "earliest first; the excess is not paid"
LIMITS = f"limit all payments to £9,000; {REST}\nlimit each line of the Rate Card to 2 for each Client; {REST}\n"
FILES = {
    "schemes/ground.outcome": GROUND + TABLE + LIMITS + EXAMPLE,
    "schemes/middle.outcome": 'contract "Middle" based on "ground.outcome"\nchange Job Fee to £2,000\n' + EXAMPLE,
    "schemes/one.outcome": 'contract "One" based on "two.outcome"',
    "schemes/two.outcome": 'contract "Two" based on "one.outcome"',
    "schemes/lost.outcome": 'contract "Lost" based on "nowhere.outcome"\nchange Job Fee to £2,000\n',
    "schemes/broken.outcome": GROUND.replace("payment Job Fee:", "payment Job Fee") + EXAMPLE,
}


def load(path: str) -> str:
    if path not in FILES:
        raise FileNotFoundError(path)
    return FILES[path]


def variant(changes: str, base: str = "ground.outcome") -> Compiled:
    text = f'contract "Variant" based on "{base}"\n{changes}\n'
    made = compile_text(text, "schemes/variant.outcome", load)
    assert broken(made.core) == ()
    return made


def mistakes(changes: str, base: str = "ground.outcome") -> list[str]:
    with pytest.raises(ContractError) as caught:
        variant(changes, base)
    return [found.name for found in caught.value.diagnostics]


def flow(core: ir.Contract, name: str) -> ir.Flow:
    return next(flow for flow in core.flows if flow.name == name)


def amount(core: ir.Contract, name: str) -> object:
    of = flow(core, name).amount
    return of.value if isinstance(of, ir.Const) else of


def test_everything_is_inherited_but_title_and_examples() -> None:
    made = variant("")
    assert (made.core.title, made.core.currency) == ("Variant", "GBP")
    assert made.core.examples == ()
    assert [source.path for source in made.sources] == ["schemes/variant.outcome", "schemes/ground.outcome"]
    assert flow(made.core, "Job Fee").origin.path == "schemes/ground.outcome"


def test_header_fields_may_be_given_anew() -> None:
    core = variant("claims up to and including 31 December 2028").core
    assert str(core.last_claim) == "2028-12-31"


def test_a_variant_of_a_variant() -> None:
    made = variant('change Job Fee to £3,000\nexample "Mine"\n  expect total nothing', "middle.outcome")
    assert amount(made.core, "Job Fee") == 300_000
    assert [example.title for example in made.core.examples] == ["Mine"]
    assert len(made.sources) == 3


def test_the_amount_of_a_payment_the_quantity_of_a_definition_the_number_of_a_limit() -> None:
    core = variant(
        "change Job Fee to £12\nchange Offences Seen to 12\n"
        "change the limit on each line of the Rate Card to 3\nchange the limit on all payments to £7,000"
    ).core
    assert amount(core, "Job Fee") == 1200
    assert isinstance(core.measures[1].quantity, ir.Const)
    counts = [stage.most for stage in core.stages if isinstance(stage, ir.CountLimit)]
    assert [most.value for most in counts if isinstance(most, ir.Const)] == [3, 3]


def test_one_row_of_a_table() -> None:
    (table,) = variant('change Price to £55 for "South"').core.tables
    assert [row.value.value for row in table.rows if row.value is not None] == [3000, 5500]


def test_the_parts_of_an_outcome_that_are_given_anew() -> None:
    core = variant("change Job to when Review occurs, within 6 months of Referral, each time").core
    job = core.outcomes[0]
    assert job.when == ir.Happens(ir.Select(ir.Rows("Review")))
    assert job.each_time and job.deadline is not None


def test_a_deleted_outcome_is_priced_no_longer() -> None:
    core = variant("delete Settled\ninsert payment Fee: the Council pays the Provider £1 for each Review\n"
                   "delete the limit on each line of the Rate Card").core  # fmt: skip
    assert [flow.name for flow in core.flows] == ["Job Fee", "Price Fee", "Fee"]


MISTAKES = [
    ("change Late Fee to £3", ["nothing-to-change"]),
    ("delete Late Fee", ["nothing-to-change"]),
    ("delete the limit on Job Fees", ["nothing-to-change"]),
    ("change Price to £3", ["change-does-not-fit"]),
    ('change Price to £3 for "East"', ["change-does-not-fit"]),
    ("change Job to £3", ["change-does-not-fit"]),
    ("change Job Fee to once", ["change-does-not-fit"]),
    ("change Employment to £3", ["change-does-not-fit"]),
    ("delete Job", ["unknown-name"]),
    ("insert payment Job Fee: the Council pays the Provider £1 for each Job", ["name-declared-twice"]),
]


@pytest.mark.parametrize(("changes", "names"), MISTAKES)
def test_changes_that_change_nothing_or_do_not_fit(changes: str, names: list[str]) -> None:
    assert mistakes(changes) == names


BASES = [
    ("two.outcome", ["base-in-a-circle"]),
    ("variant.outcome", ["base-in-a-circle"]),
    ("nowhere.outcome", ["base-not-found"]),
    ("lost.outcome", ["base-not-found"]),
]


@pytest.mark.parametrize(("base", "names"), BASES)
def test_a_base_that_cannot_be_read_is_said_once(base: str, names: list[str]) -> None:
    assert mistakes("change Job Fee to £3", base) == names


def test_a_mistake_of_form_in_the_base_costs_one_message() -> None:
    assert mistakes("change Job Fee to £3", "broken.outcome") == ["missing-colon"]
