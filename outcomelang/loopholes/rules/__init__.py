"""Every rule, in the order of the catalogue. One file a rule; a rule that is not listed here does not exist."""

from __future__ import annotations

from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import (
    pays_per_head_processed,
    payment_cliff,
)

RULES: tuple[Rule, ...] = (
    pays_per_head_processed.RULE,
    payment_cliff.RULE,
)
