"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    liability_without_limit,
    payment_below_zero,
    pays_per_head_processed,
    start_fee_swamps_outcomes,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    payment_below_zero.RULE,
)
