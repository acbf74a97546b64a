"""Published prices, outcomes and payments of impact bonds, line by line; docs/real-data.md shows the sums."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pytest

import outcomelang

CARE_LEAVERS = "contracts/care-leavers-sib"
EVERY_CLAIM = {
    "reboot-west": f"{CARE_LEAVERS}/x5.outcome",
    "i-aspire": "contracts/real-data/indigo/i-aspire.outcome",
    "apollo": f"{CARE_LEAVERS}/x5.outcome",
}
ONCE_EACH = {
    "reboot-west": f"{CARE_LEAVERS}/contract.outcome",
    "i-aspire": f"{CARE_LEAVERS}/contract.outcome",
    "apollo": "contracts/real-data/indigo/apollo.outcome",
}
SHEETS = {"fair-chance-fund": 147, "entrenched-rough-sleeping-greater-manchester": 22, **dict.fromkeys(EVERY_CLAIM, 23)}
FAIR_CHANCE = [f"INDIGO-POJ-0{number}" for number in range(131, 138)]


@pytest.mark.parametrize("name", SHEETS)
def test_a_table_is_whole(page: SimpleNamespace, name: str) -> None:
    lines = page.table(name)
    assert len(lines) == SHEETS[name]
    for line in lines:
        assert int(line["unit_price"]) > 0
        assert int(line["outcomes_achieved"] or 0) >= 0
        assert (line["amount_paid"] == "") is (name not in EVERY_CLAIM)


@pytest.mark.parametrize("name", EVERY_CLAIM)
def test_every_claim_paid_gives_every_line_as_recorded(page: SimpleNamespace, name: str) -> None:
    contract, lines = outcomelang.compile_contract(EVERY_CLAIM[name]), page.table(name)
    got = outcomelang.evaluate(contract, page.claims(contract, page.paid_for(lines)))
    assert amounts(got, contract) == [100 * int(line["amount_paid"]) for line in lines]
    assert got.reports == ()


@pytest.mark.parametrize("of", ["achieved", "paid_for"])
@pytest.mark.parametrize("name", ONCE_EACH)
def test_one_claim_for_each_person_gives_price_times_outcomes(page: SimpleNamespace, name: str, of: str) -> None:
    contract, lines = outcomelang.compile_contract(ONCE_EACH[name]), page.table(name)
    numbers = getattr(page, of)(lines)
    got = outcomelang.evaluate(contract, page.claims(contract, numbers))
    people = [min(pair) for pair in numbers]
    assert amounts(got, contract) == [100 * int(line["unit_price"]) * n for line, n in zip(lines, people, strict=True)]


def test_fewer_payments_than_outcomes_are_made_once_alone(page: SimpleNamespace) -> None:
    pairs = {name: page.paid_for(page.table(name)) for name in EVERY_CLAIM}
    fewer = [(name, n) for name, all_ in pairs.items() for n, (people, paid) in enumerate(all_, 1) if paid < people]
    assert fewer == [("apollo", 17)]


def test_a_published_card_is_that_of_its_contract(page: SimpleNamespace) -> None:
    cards = {
        f"{CARE_LEAVERS}/contract.outcome": [page.table(name) for name in EVERY_CLAIM],
        "contracts/entrenched-rough-sleeping-sib/x3.outcome": [
            page.table("entrenched-rough-sleeping-greater-manchester")
        ],
        "contracts/fair-chance-fund/contract.outcome": [project(page, number) for number in FAIR_CHANCE],
    }
    for path, tables in cards.items():
        prices = [flow.amount.value for flow in outcomelang.compile_contract(path).core.flows]
        assert all([Fraction(line["unit_price"]) * 100 for line in lines] == prices for lines in tables)


def test_a_maximum_takes_what_is_above_it(page: SimpleNamespace) -> None:
    contract = outcomelang.compile_contract("contracts/entrenched-rough-sleeping-sib/x3.outcome")
    lines = page.table("entrenched-rough-sleeping-greater-manchester")
    got = outcomelang.evaluate(contract, page.claims(contract, page.achieved(lines), spread=True))
    assert amounts(got, contract) == [100 * int(line["unit_price"]) * int(line["outcomes_achieved"]) for line in lines]
    assert sum(amounts(got, contract)) == 3_324_020_00
    assert got.total == 2_629_000_00


@pytest.mark.parametrize("number", FAIR_CHANCE)
def test_the_limit_for_each_person_takes_between_nothing_and_what_those_with_everything_lose(
    page: SimpleNamespace, number: str
) -> None:
    """Computed a second time, person by person: all lines begin with the same person, and £17,000 is the most."""
    contract = outcomelang.compile_contract("contracts/fair-chance-fund/contract.outcome")
    lines = project(page, number)
    card = [(int(line["unit_price"]), int(line["outcomes_achieved"] or 0)) for line in lines]
    each = [sum(price for price, people in card if person < people) for person in range(max(n for _, n in card))]
    spread, together = (
        outcomelang.evaluate(contract, page.claims(contract, page.achieved(lines), spread)) for spread in (True, False)
    )
    assert spread.total == 100 * sum(each) == 100 * sum(price * people for price, people in card)
    assert together.total == 100 * sum(min(17_000, amount) for amount in each) < spread.total
    assert max(each) > 17_000


def project(page: SimpleNamespace, number: str) -> list[dict[str, str]]:
    return [line for line in page.table("fair-chance-fund") if line["source_project_id"] == number]


def amounts(ledger: outcomelang.Ledger, contract: outcomelang.Contract) -> list[int]:
    """What each line of the card pays, in its order; a line without a claim pays nothing."""
    paid = {line.payment: line.amount for line in ledger.lines}
    return [paid.get(flow.name, 0) for flow in contract.core.flows]
