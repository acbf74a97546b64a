"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    failing_party_leaves_free,
    harder_group_paid_less,
    liability_without_limit,
    longer_support_loses_pay,
    more_success_pays_less,
    order_decides_payment,
    payment_below_zero,
    payment_cliff,
    pays_per_head_processed,
    provider_chooses_test_date,
    start_fee_swamps_outcomes,
    success_cancels_failure_elsewhere,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    payment_cliff.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    order_decides_payment.RULE,
    payment_below_zero.RULE,
    failing_party_leaves_free.RULE,
    harder_group_paid_less.RULE,
    more_success_pays_less.RULE,
    success_cancels_failure_elsewhere.RULE,
    provider_chooses_test_date.RULE,
    longer_support_loses_pay.RULE,
)
