"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    harder_group_paid_less,
    interval_counted_two_ways,
    liability_without_limit,
    outcome_without_definition,
    payment_below_zero,
    pays_per_head_processed,
    percent_or_points_unclear,
    price_and_definition_mismatch,
    rounding_or_currency_unstated,
    shares_do_not_sum_to_100,
    start_fee_swamps_outcomes,
    tiers_overlap_or_gap,
    too_many_moving_parts,
    words_instead_of_numbers,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    outcome_without_definition.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    shares_do_not_sum_to_100.RULE,
    tiers_overlap_or_gap.RULE,
    payment_below_zero.RULE,
    rounding_or_currency_unstated.RULE,
    words_instead_of_numbers.RULE,
    percent_or_points_unclear.RULE,
    too_many_moving_parts.RULE,
    harder_group_paid_less.RULE,
    interval_counted_two_ways.RULE,
    price_and_definition_mismatch.RULE,
)
