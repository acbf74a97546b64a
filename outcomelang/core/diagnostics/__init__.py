"""The mistakes of meaning, each with its stable code and its name: what it costs, what to avoid, what to write.

`avoid` and `prefer` are clauses that stand after those of `GROUND`, unless they are whole contracts; both are tested:
`avoid` gives exactly its own mistake and `prefer` none. `explain` prints them and the documentation is made from them.
"""

from __future__ import annotations

from outcomelang.core.diagnostics.changes import CHANGES
from outcomelang.core.diagnostics.days import DAYS
from outcomelang.core.diagnostics.ground import GROUND
from outcomelang.core.diagnostics.header import HEADER
from outcomelang.core.diagnostics.libraries import LIBRARIES
from outcomelang.core.diagnostics.money import MONEY
from outcomelang.core.diagnostics.names import NAMES
from outcomelang.core.diagnostics.plans import PLANS
from outcomelang.core.diagnostics.quantities import QUANTITIES
from outcomelang.core.diagnostics.tables import TABLES
from outcomelang.surface.catalogue import Mistake

MISTAKES: tuple[Mistake, ...] = (*NAMES, *QUANTITIES, *DAYS, *MONEY, *TABLES, *HEADER, *CHANGES, *LIBRARIES, *PLANS)

_CODES = {mistake.name: mistake.code for mistake in MISTAKES}

__all__ = ["GROUND", "MISTAKES", "code_of"]


def code_of(name: str) -> str:
    """The stable code of a mistake; an unknown name is a mistake of the programmer."""
    return _CODES[name]
