"""The clauses in which something is missing: the finding shows how such a clause is written."""

from __future__ import annotations

from outcomelang.surface.templates import TEMPLATES

_CLAUSE = {
    "claims-missing": "CLAIMS",
    "condition-missing": "OUTCOME",
    "contract-value-missing": "VALUE",
    "currency-missing": "THE_CURRENCY",
    "division-leaves-a-rest": "DIVIDE",
    "group-rule-missing": "GROUP",
    "guarantee-without-consequence": "_GUARANTEES",
    "guarantee-without-scope": "_GUARANTEES",
    "how-often-missing": "OUTCOME",
    "joining-again-unstated": "PARTICIPANT",
    "joining-missing": "PARTICIPANT",
    "limit-date-missing": "LIMIT",
    "limit-excess-missing": "LIMIT",
    "limit-order-missing": "LIMIT",
    "odd-pennies-unsaid": "JOINT",
    "recorded-by-missing": "EVENT",
    "row-without-range": "COHORT",
    "shares-do-not-add-up": "JOINT",
    "term-missing": "THE_TERM",
    "title-missing": "CONTRACT",
}


def clause_of(name: str) -> str:
    """The template of the clause that lacks something; empty where a finding is about something else."""
    return TEMPLATES[_CLAUSE[name]] if name in _CLAUSE else ""
