"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    cap_kills_outcomes,
    evidence_arrives_too_late,
    late_entrants_worth_nothing,
    liability_without_limit,
    missing_record_counts_as_success,
    money_arrives_too_late,
    no_end_or_claim_deadline,
    no_rule_for_relapse,
    payer_gains_by_not_verifying,
    payment_below_zero,
    pays_per_head_processed,
    provider_marks_own_work,
    start_fee_swamps_outcomes,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    provider_marks_own_work.RULE,
    no_rule_for_relapse.RULE,
    evidence_arrives_too_late.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
    start_fee_swamps_outcomes.RULE,
    missing_record_counts_as_success.RULE,
    payment_below_zero.RULE,
    no_end_or_claim_deadline.RULE,
    money_arrives_too_late.RULE,
    late_entrants_worth_nothing.RULE,
    payer_gains_by_not_verifying.RULE,
)
