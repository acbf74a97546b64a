"""OC11: a state is paid for when it begins and never again, or a relapse takes away what could still be earned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.loopholes.absence import parts_of
from outcomelang.loopholes.beside import outcomes_paid
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study


def check(study: Study) -> Iterator[Said]:
    """Entries without a step that pays for staying, runs that cannot begin again, and repayments on relapse."""
    found = False
    for flow in study.flows:
        for outcome in outcomes_paid(study, flow):
            for finding in (_entry(study, flow, outcome), _final_break(study, flow, outcome)):
                if finding is not None:
                    found = True
                    yield finding
    for flow in study.repayments:
        event = _relapse(study, flow)
        if event is not None:
            found = True
            yield _forfeit(study, flow, event)
    if not found:
        yield Cleared(
            Verdict.PROVED, "what is paid when it begins is paid for lasting too, and a new start is possible"
        )


# ---------------------------------------------------------------- paid on entry


def _entry(study: Study, flow: ir.Flow, outcome: ir.Outcome) -> Finding | None:
    begun = _begun(study, outcome)
    state = next((each for each in study.contract.states if _begins(each) in begun), None)
    if state is None or any(_lasts(study, state, each) for each in study.contract.flows):
        return None
    price = study.full_prices.get(flow.name, Fraction(0))
    return Finding(
        of=(flow.card or flow.name, outcome.name),
        origin=outcome.origin,
        message=(
            f"{_worth(study, flow)} is due once {state.name} begins, and nothing for how long it lasts: a relapse on "
            "the next day costs nothing, and keeping somebody there earns nothing"
        ),
        label=f"paid when {state.name} begins",
        stake=price,
        argument=f"no payment or repayment rests on how long {state.name} lasts",
        remedies=(
            Remedy(f"pay a part of it when {state.name} reaches 6 months without a break", "staying is paid for too"),
            Remedy(f"pay when {state.name} reaches 13 weeks instead", "a short stay is no outcome"),
        ),
        related=((state.origin, "the state that is entered"),),
    )


def _begun(study: Study, outcome: ir.Outcome) -> set[str]:
    """The events on which an outcome is achieved, unless something has to last as well."""
    parts = list(parts_of(study.names, outcome.when))
    if any(isinstance(part, ir.Reaches | ir.Compares) or _is_absence(part) for part in parts):
        return set()
    return {
        part.select.of.event
        for part in parts
        if isinstance(part, ir.Happens) and isinstance(part.select.of, ir.Rows) and not part.negated
    }


def _is_absence(part: ir.Condition) -> bool:
    return isinstance(part, ir.Happens) and part.negated


def _begins(state: ir.State) -> str:
    """The event with which a state begins that is wanted and can end."""
    days = state.days
    wanted = state.polarity is ir.Polarity.MORE
    return days.begins if wanted and isinstance(days, ir.Spells) and days.ends is not None else ""


def _lasts(study: Study, state: ir.State, flow: ir.Flow) -> bool:
    """Whether a payment or repayment rests on days of a state that begins in this way, or on its end."""
    spells = state.days
    assert isinstance(spells, ir.Spells)
    for node in study.rests_on(flow):
        match node:
            case ir.Spells(begins) if begins == spells.begins:
                return True
            case ir.Rows(event) if event == spells.ends:
                return True
            case _:
                continue
    return False


# ---------------------------------------------------------------- a break is final


def _final_break(study: Study, flow: ir.Flow, outcome: ir.Outcome) -> Finding | None:
    """Payments for going on, whose runs have to begin before a day: after it, one break ends them all."""
    if outcome.times is None and not outcome.each_time:
        return None
    runs = [
        part
        for part in parts_of(study.names, outcome.when)
        if isinstance(part, ir.Reaches) and part.mode == "without a break" and part.begun is not None
    ]
    final = next((run for run in runs if run.begun is not None and run.begun.last is not None), None)
    if final is None:
        return None
    price = study.full_prices.get(flow.name, Fraction(0))
    return Finding(
        of=(flow.card or flow.name, outcome.name),
        origin=outcome.origin,
        message=(
            f"Once its time is over, a single break in {final.state} ends {outcome.name} for good: whoever relapses "
            f"and comes back earns nothing more, whatever is left of {_worth(study, flow)}"
        ),
        label="cannot begin again",
        stake=price,
        argument=f"a run of {final.state} counts only if it began in time, and a break begins a new one",
        remedies=(
            Remedy("allow a break of so many days", "a short gap does not end it"),
            Remedy("let a new run begin later, up to a last day", "coming back is worth something"),
        ),
    )


# ---------------------------------------------------------------- taken back


def _relapse(study: Study, flow: ir.Flow) -> ir.Event | None:
    """The end of a state that is wanted, and is paid for, on which somebody's payment is to be paid back."""
    if not isinstance(flow.subject, ir.PerPerson | ir.PerRow):
        return None
    wanted = [each.days for each in study.contract.states if each.polarity is ir.Polarity.MORE]
    paid = {event.name for each in study.flows for event in study.events_of(study.earned_by(each))}
    ends = {days.ends for days in wanted if isinstance(days, ir.Spells) and days.begins in paid}
    events = study.events_of((flow.driver, flow.gate))
    return next((event for event in events if event.name in ends), None)


def _forfeit(study: Study, flow: ir.Flow, event: ir.Event) -> Finding:
    return Finding(
        of=(flow.card or flow.name, event.name),
        origin=flow.origin,
        message=(
            f"“{event.name}” takes back what was paid under {flow.name}, however long it went well before: there is "
            "a reason to avoid those who may relapse"
        ),
        label=f"paid back on “{event.name}”",
        stake=study.full_prices.get(flow.name, Fraction(0)),
        argument="the repayment rests on the end of a state for which was paid",
        remedies=(Remedy("pay later, when it has lasted, and take nothing back", "what was achieved stays earned"),),
        related=((event.origin, "the relapse"),),
    )


def _worth(study: Study, flow: ir.Flow) -> str:
    price = study.full_prices.get(flow.name)
    return f"{flow.name} ({study.money(price)})" if price else flow.name


_HOME = (
    "insert event Moving In of a Jobseeker is an outcome, recorded by the Jobcentre, more is better, "
    "observed until 30 September 2027\n"
    "insert event Moving Out of a Jobseeker is an outcome, recorded by the Jobcentre, fewer is better, "
    "observed until 30 September 2027\n"
    "insert state Housed beginning on Moving In and ending on Moving Out, more is better\n"
    "insert outcome Home Found of a Jobseeker when Moving In occurs, within 9 months of Referral, once\n"
    "insert payment Home Fee: Council pays the Provider £500 for each Home Found\n"
)

RULE = Rule(
    code="OC11",
    name="no-rule-for-relapse",
    severity=Severity.WARNING,
    means=Means.TERMS,
    summary="A state is paid for when it begins and not for lasting, or a relapse takes away what could be earned.",
    rationale=(
        "Who is housed today may be on the street tomorrow. If only the entry is paid for, nobody is paid to keep "
        "somebody there; if one relapse ends or takes back everything, nobody is paid to start again. After the last "
        "sustainment, or a break after 104 weeks, the Work Programme paid nothing more."
    ),
    guards=(
        "some payment or repayment rests on how long the state lasts",
        "a run that breaks may begin again",
        "nothing that was paid for a state is taken back when it ends",
    ),
    blind=(
        "A state for which no state is declared: an event alone does not say that something begins which may end. "
        "What follows after the last step."
    ),
    source=(
        "DrugScope, Payment by Results questions and answers (2010); Revolving Doors Agency, payment by results and "
        "multiple needs (2015)"
    ),
    bad=_HOME,
    good=(
        f"{_HOME}"
        "insert outcome Home Kept of a Jobseeker when Housed begun after Referral reaches 6 months without a break, "
        "once\n"
        "insert payment Keeping Fee: Council pays the Provider £1,500 for each Home Kept"
    ),
    check=check,
)
