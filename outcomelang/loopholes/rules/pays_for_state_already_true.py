"""OC10: what is paid for was already true when the person came, and is paid without any change."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from attrs import evolve, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.histories.history import Fact, History
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.control import compared, is_for_people, paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Payment, Study


class How(Enum):
    """Why nothing has to change."""

    NOTHING_HAPPENS = "nothing happens to them at all"
    STATE_HELD = "it had begun before they came"
    STOOD_SO = "it stood so when they came"
    GOAL_REACHED = "it was recorded before it was agreed"
    RECORDED_BEFORE = "it was recorded before they came, and by whoever is paid"


@frozen
class Unchanged:
    """A line, and the smallest history in which it is due though no good thing begins after joining."""

    flow: ir.Flow
    history: History
    how: How


def check(study: Study) -> Iterator[Said]:
    """What earned a payment is put on the day before joining, or left out: is it still due?"""
    found = tried = False
    for payment in study.payments:
        flows = [flow for flow in payment.flows if can_be_asked(study, flow)]
        tried = tried or bool(flows)
        unchanged = [each for flow in flows if (each := _unchanged(study, flow)) is not None]
        if unchanged:
            found = True
            yield unchanged_finding(study, payment, unchanged)
    if not found and tried:
        yield Cleared(Verdict.NONE_FOUND, "with one person each: what was already true at joining earns nothing")


def can_be_asked(study: Study, flow: ir.Flow) -> bool:
    """Whether an outcome decides, and no comparison group would show the same of people who are not served.

    What is paid because an outcome is not achieved is paid for no state.
    """
    if isinstance(flow.gate, ir.Achieved) and flow.gate.negated:
        return False
    result = study.rests_on_an_outcome(flow) or isinstance(flow.driver, ir.EachAchievement)
    return result and not any(compared(study.names, study.earned_by(flow)))


def _unchanged(study: Study, flow: ir.Flow) -> Unchanged | None:
    earned = study.earned(flow)
    if earned is None:
        return None
    personal = is_for_people(study.names, flow) and study.rests_on_an_outcome(flow)
    absent = personal and _tried(study, flow, joined_only(study, earned.history))
    tried = absent or _tried(study, flow, begun_before(study, earned.history))
    how = how_unchanged(study, flow, tried) if tried else None
    if tried and how is not None:
        return Unchanged(flow, tried, how)
    same = _tried(study, flow, _same_throughout(study, flow, earned.history))
    later = same is not None and any(fact.event not in study.joining for fact in same.happened)
    return Unchanged(flow, same, How.STOOD_SO) if same is not None and later else None


def _tried(study: Study, flow: ir.Flow, history: History | None) -> History | None:
    if history is None or not study.pay(history).of(flow.name):
        return None
    return smallest(history, lambda shorter: bool(study.pay(shorter).of(flow.name)))


def joined_only(study: Study, history: History) -> History:
    """People come, are recorded and claimed for, and nothing that a service does or achieves happens to them."""
    kept = {event.name for event in study.contract.events if event.kind == "input"} | study.joining
    achieving = {event.name for event in study.contract.events if event.kind in ("outcome", "figure")}
    if study.joining & achieving:
        return History()
    return History(tuple(f for f in history.facts if not f.counts or f.about or f.event in kept))


def begun_before(study: Study, history: History) -> History | None:
    """Every good thing happened on the day before somebody joined, if it did not before that."""
    joined: dict[str, int] = {}
    for fact in history.facts:
        if fact.event in study.joining and fact.counts and not fact.about:
            joined[fact.participant] = min(fact.day, joined.get(fact.participant, fact.day))
    good = {id(fact) for fact in _good(study, history) if fact.participant in joined}
    if not good:
        return None
    return History(tuple(f.on(min(f.day, joined[f.participant] - 1)) if id(f) in good else f for f in history.facts))


def _same_throughout(study: Study, flow: ir.Flow, history: History) -> History | None:
    """What a payment reads of rows, and the row of joining carries too, is the same from the first day to the last.

    A row that begins a state is a change, whatever it carries.
    """
    at_joining = {a.name for name in study.joining for a in study.names.events[name].attributes}
    last = {
        name: value
        for fact in history.happened
        if fact.event not in study.joining and not fact.about and not _begins(study, fact.event)
        for name, value in fact.attributes
        if name in at_joining & _read_of_rows(study, flow) - _marks(study)
    }
    if not last:
        return None
    carried = {event.name: {a.name for a in event.attributes} for event in study.contract.events}
    facts = []
    for fact in history.facts:
        own = {name: value for name, value in last.items() if name in carried[fact.event]} if not fact.about else {}
        facts.append(evolve(fact, attributes=tuple({**dict(fact.attributes), **own}.items())) if fact.counts else fact)
    return History(tuple(facts))


def _read_of_rows(study: Study, flow: ir.Flow) -> frozenset[str]:
    """The attributes by which conditions or quantities tell rows apart."""
    found: set[str] = set()
    for node in study.rests_on((flow.driver, flow.gate)):
        match node:
            case ir.AttributeCompares(name) | ir.AttributeIs(name) | ir.AttributeGiven(name) | ir.Summed(name):
                found.add(name)
            case _:
                continue
    return frozenset(found)


def _marks(study: Study) -> frozenset[str]:
    """Attributes that say to which group somebody belongs, or who is compared with whom."""
    groups = (group.classifier for group in study.contract.partitions)
    found = {each.attribute for each in groups if isinstance(each, ir.ByLabel | ir.ByValue) and each.attribute}
    tests = (test for each in study.contract.populations for test in each.tests)
    return frozenset(found | {test.attribute for test in tests if isinstance(test, ir.AttributeIs)})


def _good(study: Study, history: History) -> Iterator[Fact]:
    """Happenings of which more are better (or outcomes of which nothing is said), by which nobody comes in."""
    for fact in history.facts:
        if fact.counts and not fact.about and fact.event not in study.joining:
            event = study.names.events[fact.event]
            unstated = event.polarity is ir.Polarity.UNSTATED and event.kind == "outcome"
            if event.polarity is ir.Polarity.MORE or unstated:
                yield fact


# ---------------------------------------------------------------- what it shows


def how_unchanged(study: Study, flow: ir.Flow, history: History) -> How | None:
    """Why it is due: None where the contract asks for a happening, told by somebody else, that may come early."""
    good = list(dict.fromkeys(fact.event for fact in _good(study, history)))
    if not good:
        return How.NOTHING_HAPPENS
    if isinstance(flow.driver, ir.EachInPlan):
        return How.GOAL_REACHED
    states = {event for event in good if _begins(study, event)}
    if states and (_lasts(study, flow) or not any(_guarded(study, flow, event) for event in states)):
        return How.STATE_HELD
    own = paid(study.names)
    return How.RECORDED_BEFORE if any(_word_of(study, event, own) for event in good) else None


def _word_of(study: Study, event: str, parties: frozenset[str]) -> bool:
    return not parties.isdisjoint(study.names.events[event].recorded_by)


def _begins(study: Study, event: str) -> list[str]:
    """The states that begin with an event."""
    return [
        state.name
        for state in study.contract.states
        if isinstance(state.days, ir.Spells) and state.days.begins == event
    ]


def _lasts(study: Study, flow: ir.Flow) -> bool:
    """Whether it is paid for as long as a state lasts, and not for its beginning."""
    return any(isinstance(node, ir.Reaches | ir.DaysIn) for node in study.rests_on(study.earned_by(flow)))


def _guarded(study: Study, flow: ir.Flow, event: str) -> bool:
    """Whether another line of the same card pays for what lasts only where it began after joining: then so does the
    entry, which is its first step."""
    states = set(_begins(study, event))
    lines = [each for each in study.flows if each.card and each.card == flow.card]
    tests = (node for line in lines for node in study.rests_on(line.driver))
    return any(isinstance(node, ir.Reaches) and node.begun is not None and node.state in states for node in tests)


def unchanged_finding(study: Study, payment: Payment, unchanged: list[Unchanged]) -> Finding:
    worst = max(unchanged, key=lambda each: (-list(How).index(each.how), study.pay(each.history).of(each.flow.name)))
    due = study.pay(worst.history)
    amount = due.of(worst.flow.name)
    others = [each.flow.name for each in unchanged if each is not worst]
    return Finding(
        of=(payment.name,),
        origin=payment.origin,
        message=f"{study.money(amount)} is due though nothing changes for anybody: {_because(study, worst)}",
        label="is due for what was already true when they came",
        stake=amount,
        verdict=Verdict.WITNESS,
        witness=Witness(
            (Told(worst.history, due.total),), f"no good thing begins after joining, and {worst.how.value}"
        ),
        argument=f"{worst.flow.name} is still due when what earns it is put before the day of joining, or left out",
        details=(f"So it is with {', '.join(others)}",) if others else (),
        remedies=_remedies(study, worst),
        severity=Severity.NOTE if worst.how is How.RECORDED_BEFORE or _declared(study, worst.flow) else None,
    )


def _because(study: Study, of: Unchanged) -> str:
    what = of.flow.driver.outcome if isinstance(of.flow.driver, ir.EachAchievement) else of.flow.name
    match of.how:
        case How.NOTHING_HAPPENS:
            return f"{what} is true of whoever joins, before anything is done"
        case How.STATE_HELD:
            event = next(fact.event for fact in _good(study, of.history))
            return f"{what} counts a {event} from before they joined"
        case How.STOOD_SO:
            return f"{what} does not ask how things stood when they came"
        case How.GOAL_REACHED:
            return "a goal that was reached before they joined can still be agreed"
        case How.RECORDED_BEFORE:
            return f"{what} may have been reached before they joined"


def _declared(study: Study, flow: ir.Flow) -> bool:
    """Whether the contract says openly that it pays for what does not get worse."""
    driver = flow.driver
    return isinstance(driver, ir.EachAchievement) and study.names.outcomes[driver.outcome].maintenance


def _remedies(study: Study, of: Unchanged) -> tuple[Remedy, ...]:
    if of.how is How.NOTHING_HAPPENS:
        return (
            Remedy("pay for what is more than in a comparison group", "what would have come anyway is then not paid"),
            Remedy("pay only those of whom it was not true in the months before", "something has then changed"),
        )
    joining = next(iter(sorted(study.joining)), "joining")
    if of.how is How.STOOD_SO:
        return (Remedy(f"ask for more than what the {joining} shows", "only a change is then paid for"),)
    return (
        Remedy(f"… begun after {joining}, or within so many months of {joining}", "what was there before then earns 0"),
        Remedy("admit only those of whom it is not yet true", "everybody then starts alike"),
    )


RULE = Rule(
    code="OC10",
    name="pays-for-state-already-true",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="What is paid for can already be true when somebody joins, and pays without any change.",
    rationale=(
        "Where nobody asks how things stood at the start, the surest income comes from people who need no help: a "
        "tenancy that was held all along, a child who would never have entered care. “Maintaining accommodation” was "
        "payable on the first day of several Supporting People contracts."
    ),
    guards=(
        "what lasts has begun after joining, or what happens must happen after it",
        "a comparison with a baseline or with a comparison group: no change then earns nothing",
        "an outcome of `maintenance` says openly that it pays for not getting worse: it is only noted",
        "an entry counts as new where other lines of its rate card pay for its lasting only if it began after joining",
    ),
    blind=(
        "Happenings that others record, such as a certificate from before joining; a score of which the start is not "
        "recorded; whether people of whom it is already true are in fact referred."
    ),
    source="DrugScope, Payment by Results questions and answers (2010); INDIGO Impact Bond Dataset (INDIGO-POJ-0154)",
    bad=(
        "insert outcome In Work of a Jobseeker, when Employment reaches 13 weeks without a break, "
        "within 9 months of Referral, once\n"
        "insert payment Work Payment: Council pays the Provider £1,000 for each In Work"
    ),
    good=(
        "insert outcome New Work of a Jobseeker, when Employment begun after Referral reaches 13 weeks "
        "without a break, within 9 months of Referral, once\n"
        "insert payment Work Payment: Council pays the Provider £1,000 for each New Work"
    ),
    check=check,
)
