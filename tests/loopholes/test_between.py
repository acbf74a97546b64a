"""One result that two contracts pay for, found where both are checked together; and what keeps it silent."""

from __future__ import annotations

import pytest

from outcomelang.compiler import compile_path, compile_text
from outcomelang.core import ir
from outcomelang.histories.paid import replayed
from outcomelang.loopholes.between import between

from .cards import ROOT

SCHEME = """contract "{title}"
purpose "To bring people into work"
commissioner {payer}
provider {provider}
assessor HMRC independent
currency GBP
term beginning on 1 April 2024 and ending on {last}
claims up to and including 31 March 2029
rounding each amount to the nearest penny, half up
participant Client, joins on Referral, once, selected by {payer}, up to 100
event Referral of a Client is an input, recorded by HMRC
event Job Start of a Client is an outcome, recorded by {recorder}, more is better{extra}
outcome Job of a Client, when {condition} within 12 months of Referral, once
payment {fee}: {payer} pays {provider} £2,000 for each Job
"""


def scheme(
    title: str,
    payer: str,
    provider: str = "Charity",
    last: str = "31 March 2027",
    recorder: str = "HMRC",
    condition: str = "a Job Start occurs",
    extra: str = "",
) -> ir.Contract:
    text = SCHEME.format(
        title=title, payer=payer, provider=provider, last=last, recorder=recorder, condition=condition, extra=extra,
        fee=f"{payer} Fee",
    )  # fmt: skip
    return compile_text(text).core


WORK = scheme("Work", "Council")


def test_two_departments_that_pay_for_one_job_are_both_told() -> None:
    other = scheme("Health and Work", "Board")
    found = list(between((WORK, other)))
    assert [place for place, _ in found] == [0, 1]
    for place, finding in found:
        contract = (WORK, other)[place]
        assert finding.message.startswith("One Job Start is paid for by two contracts: £2,000 here, and £2,000 under")
        assert finding.witness is not None
        (told,) = finding.witness.told
        assert replayed(contract, told.history) == told.total == 2_000_00


def test_the_same_job_counts_for_two_providers_of_one_payer() -> None:
    assert list(between((WORK, scheme("Work, again", "Council", "Agency"))))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(scheme("Work, amended", "Council"), id="a version: the same payer and payee"),
        pytest.param(scheme("Long ago", "Board", recorder="Agency X", provider="Agency X"), id="another record"),
        pytest.param(
            scheme(
                "Without others",
                "Board",
                condition="a Job Start without Paid Elsewhere occurs",
                extra=", has Paid Elsewhere as a yes or no",
            ),
            id="rows that others pay for are left out",
        ),
    ],
)
def test_it_is_silent_where_it_is_not_the_same_or_is_left_out(other: ir.Contract) -> None:
    assert list(between((WORK, other))) == []


def test_terms_that_do_not_overlap_share_no_result() -> None:
    text = SCHEME.replace("1 April 2024", "1 April 2027").format(
        title="Later", payer="Board", provider="Charity", last="31 March 2028", recorder="HMRC",
        condition="a Job Start occurs", extra="", fee="Fee",
    )  # fmt: skip
    assert list(between((WORK, compile_text(text).core))) == []


def test_no_two_contracts_of_the_library_pay_for_one_result() -> None:
    paths = sorted((ROOT / "contracts").glob("*/contract.outcome"))
    assert list(between([compile_path(str(path)).core for path in paths])) == []
