"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    hard_cases_earn_nothing_more,
    large_families_penalised,
    liability_without_limit,
    payer_starves_referrals,
    payment_below_zero,
    pays_for_state_already_true,
    pays_per_head_processed,
    provider_picks_easy_clients,
    provider_sets_complexity_band,
    provider_shrinks_denominator,
    re_enrolment_pays_again,
    referral_mix_unpriced,
    start_fee_swamps_outcomes,
    volume_promise_unscoped,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    provider_picks_easy_clients.RULE,
    hard_cases_earn_nothing_more.RULE,
    provider_sets_complexity_band.RULE,
    pays_for_state_already_true.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    re_enrolment_pays_again.RULE,
    payment_below_zero.RULE,
    volume_promise_unscoped.RULE,
    provider_shrinks_denominator.RULE,
    large_families_penalised.RULE,
    payer_starves_referrals.RULE,
    referral_mix_unpriced.RULE,
)
