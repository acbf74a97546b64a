"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import cap_kills_outcomes, liability_without_limit, pays_per_head_processed

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    liability_without_limit.RULE,
    cap_kills_outcomes.RULE,
)
