"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    liability_without_limit,
    payment_below_zero,
    pays_for_state_already_true,
    pays_per_head_processed,
    provider_picks_easy_clients,
    provider_sets_complexity_band,
    provider_shrinks_denominator,
    re_enrolment_pays_again,
    start_fee_swamps_outcomes,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    provider_picks_easy_clients.RULE,
    provider_sets_complexity_band.RULE,
    pays_for_state_already_true.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    re_enrolment_pays_again.RULE,
    payment_below_zero.RULE,
    provider_shrinks_denominator.RULE,
)
