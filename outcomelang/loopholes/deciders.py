"""Who decides what: the counterfactual, who selects, who classifies, whose word counts; and the side they stand on."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from outcomelang.core import ir
from outcomelang.loopholes.counterfactual import Held, held_against
from outcomelang.loopholes.study import Study


@frozen
class Line:
    """A question that is asked of every contract, the answer in a few words, and what it rests on."""

    name: str
    answer: str
    because: tuple[str, ...] = ()


def deciders(contract: ir.Contract) -> Iterator[Line]:
    """What stands against each question; a side that decides and gains by it is named with what it gains."""
    yield Line("Counterfactual", *_counterfactual(contract))
    yield Line("Who selects", *_selects(contract))
    yield Line("Who classifies", *_classifies(contract))
    yield Line("Who verifies", *_verifies(contract))


def _counterfactual(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    compared = [each for each in contract.populations if each.comparison_of is not None]
    if compared:
        ways = dict.fromkeys(f"comparison by {each.method}" if each.method else "comparison" for each in compared)
        chosen = dict.fromkeys(each.chosen_by for each in compared if each.chosen_by)
        return "; ".join(ways), tuple(f"those compared are chosen by {_side(contract, name)}" for name in chosen)
    study = Study(contract)
    held = max((held_against(study, flow) for flow in contract.flows), default=Held.NOTHING)
    match held:
        case Held.OWN:
            return "own history", ("pay follows the change against the time before",)
        case Held.ASSUMED:
            return "an assumed figure", ("a written number, or a flat deduction, stands for what would have happened",)
        case _:
            return "none", ("nobody is compared: what would have happened anyway is paid for as well",)


def _selects(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    own = [each for each in contract.populations if each.comparison_of is None]
    chosen = {each.name: each.selected_by for each in own}
    if not own:
        return "nobody joins", ()
    names = dict.fromkeys(_side(contract, by) if by else "not said" for by in chosen.values())
    return "; ".join(names), ()


def _classifies(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    """Who puts people into the groups by which anything is decided."""
    events = {event.name: event for event in contract.events}
    found: dict[str, list[str]] = {}
    for group in contract.partitions:
        classifier = group.classifier
        if isinstance(classifier, ir.ByValue) and classifier.attribute is None:
            continue  # the calendar does
        own = events[classifier.event].recorded_by if isinstance(classifier, ir.ByLabel | ir.ByValue) else ()
        for name in group.set_by or own or ("",):
            found.setdefault(name, []).append(group.name)
    if not found:
        return "no groups", ()
    return "; ".join(_side(contract, name) if name else "not said" for name in found), tuple(
        f"{_side(contract, name) if name else 'nobody is named for'}: {', '.join(groups)}"
        for name, groups in found.items()
    )


def _verifies(contract: ir.Contract) -> tuple[str, tuple[str, ...]]:
    """Whose word an outcome rests on, and on which side they stand: either side can gain by its word."""
    found: dict[str, list[str]] = {}
    for event in contract.events:
        if event.kind in ("outcome", "figure"):
            by = event.verification.by if event.verification is not None else event.recorded_by or event.evidenced_by
            for name in by or ("",):
                found.setdefault(name, []).append(event.name)
    for outcome in contract.outcomes:
        for ruling in outcome.rulings:
            for name in ruling.by:
                found.setdefault(name, []).append(outcome.name)
    if not found:
        return "nothing is verified", ()
    names = {name: _side(contract, name) if name else "nobody named" for name in found}
    lines = (f"{names[name]}: {', '.join(dict.fromkeys(of))}" for name, of in found.items())
    return "; ".join(names.values()), tuple(lines)


def _side(contract: ir.Contract, name: str) -> str:
    """A party with the side it stands on: it pays, it is paid, it is independent, or neither."""
    party = next((each for each in contract.parties if each.name == name), None)
    pays, paid = _sides(contract)
    if party is None:
        return name
    said_of = [
        *(["independent"] if party.independent else []),
        *(["pays"] if name in pays else []),
        *(["is paid"] if name in paid else []),
    ]
    return f"{name} ({', '.join(said_of) or 'neither pays nor is paid'})"


def _sides(contract: ir.Contract) -> tuple[frozenset[str], frozenset[str]]:
    flows = [flow for flow in contract.flows if not flow.repays]
    pays = frozenset(name for flow in flows for name in _named(contract, flow.payer))
    return pays, frozenset(name for flow in flows for name in _named(contract, flow.payee))


def _named(contract: ir.Contract, payer: ir.Payer) -> tuple[str, ...]:
    match payer:
        case ir.NamedParty(party):
            return (party,)
        case ir.Jointly(joint):
            return next(tuple(name for name, _ in each.shares) for each in contract.joint_parties if each.name == joint)
        case ir.PartyOfGroup(partition):
            return next(tuple(row.label for row in each.rows) for each in contract.partitions if each.name == partition)
