"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    activity_priced_as_outcome,
    advance_never_recovered,
    cap_kills_outcomes,
    cohort_too_small_to_tell,
    liability_without_limit,
    local_conditions_move_pay,
    one_metric_no_safeguard,
    payer_is_not_saver,
    payment_below_zero,
    pays_for_what_happens_anyway,
    pays_per_head_processed,
    provider_picks_menu_late,
    same_outcome_paid_twice,
    start_fee_swamps_outcomes,
    target_ratchets_or_goes_stale,
    two_contracts_pay_one_outcome,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    activity_priced_as_outcome.RULE,
    same_outcome_paid_twice.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    two_contracts_pay_one_outcome.RULE,
    pays_for_what_happens_anyway.RULE,
    cohort_too_small_to_tell.RULE,
    target_ratchets_or_goes_stale.RULE,
    payment_below_zero.RULE,
    advance_never_recovered.RULE,
    one_metric_no_safeguard.RULE,
    provider_picks_menu_late.RULE,
    local_conditions_move_pay.RULE,
    payer_is_not_saver.RULE,
)
