"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    liability_without_limit,
    longer_support_loses_pay,
    more_success_pays_less,
    order_decides_payment,
    payment_below_zero,
    payment_cliff,
    pays_per_head_processed,
    provider_chooses_test_date,
    start_fee_swamps_outcomes,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    payment_cliff.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    order_decides_payment.RULE,
    payment_below_zero.RULE,
    more_success_pays_less.RULE,
    provider_chooses_test_date.RULE,
    longer_support_loses_pay.RULE,
)
