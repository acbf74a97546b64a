"""From the core to a reading: which part of the contract stands in which chapter. The words are the language's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from outcomelang.core import ir
from outcomelang.prose import english
from outcomelang.prose.language import Declaration, Language, Topic
from outcomelang.prose.points import Chapter, Reading


def read(contract: ir.Contract, language: Language = english) -> Reading:
    """The whole contract, chapter by chapter; a chapter of which there is nothing to say is left out."""
    chapters = (chapter(topic, contract, language) for topic in Topic)
    return Reading(contract.title, language.notice(contract), tuple(c for c in chapters if c.clauses))


def chapter(topic: Topic, contract: ir.Contract, language: Language) -> Chapter:
    general = language.opening(topic, contract)
    own = tuple(language.clause(each, contract) for each in declared(topic, contract))
    return Chapter(language.heading(topic), general + own)


def declared(topic: Topic, contract: ir.Contract) -> Sequence[Declaration]:  # noqa: C901
    """What stands in a chapter, each thing in one. Stages stand in the order of calculation."""
    match topic:
        case Topic.AGREEMENT | Topic.READING | Topic.ACCOUNT:
            return ()
        case Topic.PARTIES:
            return (*contract.parties, *contract.joint_parties)
        case Topic.PEOPLE:
            return (*contract.populations, *contract.members)
        case Topic.GROUPS:
            return contract.partitions
        case Topic.PERIODS:
            return contract.calendars
        case Topic.EVENTS:
            return contract.events
        case Topic.STATES:
            return contract.states
        case Topic.NUMBERS:
            return contract.measures
        case Topic.TABLES:
            return contract.tables
        case Topic.OUTCOMES:
            return contract.outcomes
        case Topic.PLANS:
            return contract.plans
        case Topic.PAYMENTS:
            return [flow for flow in contract.flows if not flow.repays]
        case Topic.REPAYMENTS:
            return [flow for flow in contract.flows if flow.repays]
        case Topic.CALCULATION:
            return contract.stages
        case Topic.WORTH:
            return (*contract.costs, *contract.benefits)
        case Topic.RISKS:
            return contract.acceptances
        case Topic.ASSUMPTIONS:
            return contract.assumptions
        case Topic.EXAMPLES:
            return contract.examples
        case _:
            assert_never(topic)
