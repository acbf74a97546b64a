"""From grammar rules to nodes: one method for each rule of the grammar, in families."""

from __future__ import annotations

from outcomelang.surface.building.conditions import Conditions
from outcomelang.surface.building.facts import Facts
from outcomelang.surface.building.header import Header, People
from outcomelang.surface.building.money import Limits, Payments
from outcomelang.surface.building.outcomes import Outcomes
from outcomelang.surface.building.proof import Changes, Examples
from outcomelang.surface.building.quantities import Quantities
from outcomelang.surface.building.selections import Selections


class Builder(Header, People, Selections, Facts, Conditions, Quantities, Outcomes, Payments, Limits, Changes, Examples):
    """A rule's method takes the stretch of text and the children, a terminal's (`…_leaf`) the stretch and the word."""
