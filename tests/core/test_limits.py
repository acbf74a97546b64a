"""Limits and relations, in the order of calculation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from outcomelang.core import ir
from outcomelang.core.ir import Const, CountLimit, Excess_, MoneyLimit, Order, Unit
from outcomelang.diagnostic import Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]

CARD = ("Settled at 3 months", "Settled at 6 months")
REST = "earliest first; the excess is not paid"


def money(pounds: int) -> Const:
    return Const(Fraction(pounds * 100), Unit.MONEY)


def number(value: int) -> Const:
    return Const(Fraction(value), Unit.NUMBER)


def cap(flows: tuple[str, ...], **more: object) -> MoneyLimit:
    said: dict[str, object] = {
        "most": money(100),
        "per": None,
        "calendar": None,
        "by_claim_date": False,
        "order": Order.EARLIEST,
        "names": (),
        "excess": Excess_.NOT_PAID,
    }
    return MoneyLimit(flows, **(said | more))  # type: ignore[arg-type]


ALL = "limit on all payments"
MONEY = [
    (f"limit all payments to £100; {REST}", cap((), title=ALL)),
    (
        f"limit all payments to £100 for each Client; {REST}",
        cap((), per=ir.PerPerson("Client"), title=f"{ALL} for each Client"),
    ),
    (
        f"limit all payments to £100 in each Quarter by date claimed; {REST}",
        cap((), calendar="Quarter", by_claim_date=True, title=f"{ALL} in each Quarter"),
    ),
    (
        f"limit all payments to £100 for each Client in each Quarter by date achieved; {REST}",
        cap((), per=ir.PerPerson("Client"), calendar="Quarter", title=f"{ALL} for each Client in each Quarter"),
    ),
    (
        "limit all payments to £100; in the order Provider, HMRC; the excess is not paid",
        cap((), order=Order.IN_ORDER, names=("Provider", "HMRC"), title=ALL),
    ),
    (
        "limit all payments to £100; in the order Rate Card, Job Fee; the excess is not paid",
        cap((), order=Order.IN_ORDER, names=(*CARD, "Job Fee"), title=ALL),
    ),
    (
        "limit all payments to £100; taken from the total; the excess is paid by HMRC",
        cap((), order=Order.FROM_TOTAL, excess=Excess_.PAID_BY, excess_to="HMRC", title=ALL),
    ),
    (
        f"limit all payments by Council to £100; {REST}",
        cap((), payer="Council", title=f"{ALL} by Council"),
    ),
    (f"limit Rate Card to £100; {REST}", cap(CARD, title="limit on Rate Card")),
    (
        f"limit Job Fees and Rate Card to £100; {REST}",
        cap(("Job Fee", *CARD), title="limit on Job Fees and Rate Card"),
    ),
]


@pytest.mark.parametrize(("words", "stage"), MONEY)
def test_a_limit_of_money(on_ground: Compile, words: str, stage: MoneyLimit) -> None:
    assert on_ground(words).stages == (stage,)


COUNTS = [
    (f"limit Job Fees to 100; {REST}", (CountLimit(("Job Fee",), number(100), None, None),)),
    (
        f"limit Job Fees to 2 for each Year; {REST}",
        (CountLimit(("Job Fee",), number(2), ir.PerGroup("Year"), None),),
    ),
    (
        f"limit each line of the Rate Card to 1 for each Client; {REST}",
        tuple(CountLimit((line,), number(1), ir.PerPerson("Client"), None) for line in CARD),
    ),
    (
        f'limit Jobs with Area "North" to 70% of Jobs achieved; {REST}',
        (
            CountLimit(
                ("Job Fee",),
                ir.Arith(
                    "*",
                    Const(Fraction(7, 10), Unit.PERCENTAGE),
                    ir.Counted(ir.Select(ir.Achievements("Job"))),
                    Unit.NUMBER,
                ),
                None,
                None,
                (ir.InGroup("Area", ("North",)),),
            ),
        ),
    ),
    (f"limit Settled to 2 for each Client; {REST}", (CountLimit(CARD, number(2), ir.PerPerson("Client"), None),)),
]


@pytest.mark.parametrize(("words", "stages"), COUNTS)
def test_a_limit_on_a_number_of_things(on_ground: Compile, words: str, stages: tuple[CountLimit, ...]) -> None:
    assert on_ground(words).stages == stages


def test_stages_stand_in_the_order_of_calculation_whatever_the_order_of_the_text(on_ground: Compile) -> None:
    core = on_ground(
        f"limit all payments to £9,000; {REST}\n"
        f"limit all payments by Council to £100; {REST}\n"
        "joint Both: Council 50%, HMRC 50%; odd pennies to HMRC\n"
        "payment Shared Fee: Both pay the Provider £30 for each Job, instead of Job Fee\n"
        "payment Rest Fee: the Council pays the Provider £30 for each Job, less any Shared Fee\n"
        "repayment Clawback: the Provider repays the Council £3 for each Offence, up to the amount paid\n"
        "rounding each amount to the nearest penny, half even\n"
        f"limit all payments to £100 for each Client; {REST}\n"
        f"limit Job Fees to 100; {REST}"
    )
    assert [type(stage).__name__ for stage in core.stages] == [
        "CountLimit",
        "Replace",
        "SetOff",
        "RoundEach",
        "MoneyLimit",
        "ShareOut",
        "MoneyLimit",
        "MoneyLimit",
        "Repay",
    ]
    limits = [stage for stage in core.stages if isinstance(stage, MoneyLimit)]
    assert [(stage.per, stage.payer) for stage in limits] == [
        (ir.PerPerson("Client"), None),
        (None, "Council"),
        (None, None),
    ]
    assert core.stages[1:4] == (
        ir.Replace("Shared Fee", ("Job Fee",)),
        ir.SetOff("Rest Fee", "Shared Fee"),
        ir.RoundEach("half even", 1),
    )


def test_the_total_is_rounded_last(on_ground: Compile) -> None:
    core = on_ground(f"rounding the total to the nearest pound, half up\nlimit all payments to £100; {REST}")
    assert core.stages[-1] == ir.RoundTotal("half up", 100)


def test_a_limit_on_one_lump_sum_needs_no_order(findings: Findings) -> None:
    grant = "payment Grant: the Council pays the Provider £9,000\n"
    assert findings(f"{grant}limit Grant to £100; the excess is not paid") == ()


REFUSED = [
    "limit Job Fees to 3; in proportion; the excess is not paid",
    "limit Job Fees to 3; taken from the total; the excess is not paid",
    "limit all payments to £3 in each Quarter by date achieved; taken from the total; the excess is carried forward",
]


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_not_carried_out_is_refused_by_name(findings: Findings, words: str) -> None:
    assert "not-supported-yet" in [found.name for found in findings(words)]
