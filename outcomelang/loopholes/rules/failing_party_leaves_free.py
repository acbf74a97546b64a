"""OC27: a party that is failing leaves early, and owes nothing of what it would have had to repay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

from outcomelang.core import ir
from outcomelang.core.calendar import day_text
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.steps import usual
from outcomelang.histories.history import History
from outcomelang.histories.making import Making
from outcomelang.histories.shrinking import smallest
from outcomelang.loopholes.finding import Cleared, Finding, Said, Told, Verdict, Witness
from outcomelang.loopholes.moving import MOST_FACTS
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study

_LATER = (0, 30, 91, 182, 365, 547, 730)
_MUCH = tuple(Fraction(10) ** power for power in range(6))


def check(study: Study) -> Iterator[Said]:
    """For each repayment that an exit lets fall away: a history in which it is due, with the exit and without."""
    exits = [stage for stage in study.contract.stages if isinstance(stage, ir.FallAway)]
    for stage in exits:
        for flow in study.repayments:
            if flow.name not in stage.flows:
                continue
            finding = _by_history(study, stage, flow) or _by_measure(study, stage, flow)
            if finding is not None:
                yield finding
            else:
                yield Cleared(Verdict.NOT_DECIDED, f"no history was found in which {flow.name} is due", (flow.name,))
    if not any(flow.name in stage.flows for stage in exits for flow in study.repayments):
        yield Cleared(Verdict.PROVED, "no repayment falls away when somebody leaves")


# ---------------------------------------------------------------- a history


def _by_history(study: Study, stage: ir.FallAway, flow: ir.Flow) -> Finding | None:
    earned = study.earned(flow)
    if earned is None:
        return None
    for days in _LATER:
        failing = _later(study, earned.history, days)
        if _is_freed(study, stage, flow, failing):
            history = _smaller(failing, partial(_is_freed, study, stage, flow))
            stayed, left = study.pay(history), study.pay(_left(study, stage, history))
            witness = Witness(
                (Told(history, stayed.total, "Who stays:"), Told(left.history, left.total, "Who leaves:")),
                f"the same failure, and {study.money(left.total - stayed.total)} is kept by leaving",
            )
            return _finding(
                study, stage, flow, left.total - stayed.total, witness, "Two histories that differ in the exit"
            )
    return None


def _smaller(failing: History, still: Callable[[History], bool]) -> History:
    """With as few people as will do, the first ones; then without what a few of them can do without."""
    few, many = 0, len(failing.participants)
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if still(_of_first(failing, middle)) else (middle, many)
    history = _of_first(failing, many)
    return smallest(history, still) if len(history.facts) <= MOST_FACTS else history


def _of_first(history: History, number: int) -> History:
    kept = {"", *history.participants[:number]}
    return History(tuple(fact for fact in history.facts if fact.participant in kept or not fact.counts))


def _later(study: Study, history: History, days: int) -> History:
    moved = (f if f.event in study.joining or not f.counts else f.on(f.day + days) for f in history.facts)
    return History(tuple(moved))


def _left(study: Study, stage: ir.FallAway, history: History) -> History:
    """The same, and the agreement is ended on the day on which it may be."""
    return history.plus(Making(study.names, known=history).row("", stage.event, stage.day.toordinal()))


def _is_freed(study: Study, stage: ir.FallAway, flow: ir.Flow, history: History) -> bool:
    """Whether something is repaid by who stays, and nothing at all by who leaves."""
    stayed, left = study.pay(history), study.pay(_left(study, stage, history))
    return stayed.of(flow.name) < 0 and left.total > stayed.total and not _repaid(study, left.by_payment)


def _repaid(study: Study, paid: dict[str, Fraction]) -> bool:
    return any(paid.get(flow.name) or paid.get(flow.card) for flow in study.repayments)


# ---------------------------------------------------------------- supposed measures


def _by_measure(study: Study, stage: ir.FallAway, flow: ir.Flow) -> Finding | None:
    """Where no small history repays anything: counts so high that something is repaid."""
    supposed = usual(study.names, (flow,))
    leaving = ((ir.Rows(stage.event), 1, ()),)
    for moved in supposed:
        for much in _MUCH:
            tried = {**supposed, moved: supposed[moved] * much}
            stayed, left = study.supposing.paid(tried), study.supposing.paid(tried, leaving)
            kept = sum(left.values(), Fraction(0)) - sum(stayed.values(), Fraction(0))
            if stayed.get(flow.card or flow.name, Fraction(0)) < 0 and kept > 0 and not _repaid(study, left):
                argument = (
                    f"By the evaluator, all else the same: who stays repays "
                    f"{study.money(-stayed[flow.card or flow.name])}, who leaves nothing"
                )
                return _finding(study, stage, flow, kept, None, argument)
    return None


def _finding(
    study: Study, stage: ir.FallAway, flow: ir.Flow, kept: Fraction, witness: Witness | None, argument: str
) -> Finding:
    day = day_text(stage.day.toordinal())
    return Finding(
        of=(stage.title or "exit", flow.name),
        origin=stage.origin,
        message=f"Who is failing keeps {study.money(kept)} by leaving on {day}: {flow.name} falls away",
        label="leaving costs nothing, staying does",
        stake=kept,
        verdict=Verdict.PROVED if witness is None else Verdict.WITNESS,
        witness=witness,
        argument=argument,
        remedies=(
            Remedy("let the exit trigger the test, in proportion to the time", "who leaves repays what is due by then"),
            Remedy(f"let {flow.name} stand when somebody leaves", "leaving frees nobody from it"),
        ),
        related=((flow.origin, "is not due from who has left"),),
    )


RULE = Rule(
    code="OC27",
    name="failing-party-leaves-free",
    severity=Severity.WARNING,
    means=Means.HISTORIES,
    summary="A party that is failing leaves early and owes nothing of what it would have had to repay.",
    rationale=(
        "In the youth justice pathfinder areas that were missing their targets could leave at half time and keep the "
        "grant, while those that stayed repaid. Whoever sees failure coming leaves."
    ),
    guards=("the exit triggers a test or a repayment of its own", "the repayment is due by the day of the exit"),
    blind="Exits that the contract does not declare; what it costs to leave in other ways.",
    source="Children and Young People Now on the youth justice pathfinder",
    bad=(
        "insert outcome Early Complaint of a Jobseeker when a Complaint occurs in the 12 months after Referral once\n"
        "insert payment Start Grant: Council pays the Provider £100,000, in advance\n"
        "insert repayment Return: the Provider repays the Council £500 for each Early Complaint,\n"
        "  up to the amount paid\n"
        "insert event Notice is an input, recorded by the Jobcentre\n"
        "insert exit Break: the Council or the Provider may end the agreement on 30 June 2024 by Notice;\n"
        "  then any Return not yet due on that day falls away"
    ),
    good=(
        "insert outcome Early Complaint of a Jobseeker when a Complaint occurs in the 12 months after Referral once\n"
        "insert payment Start Grant: Council pays the Provider £100,000, in advance\n"
        "insert repayment Return: the Provider repays the Council £500 for each Early Complaint,\n"
        "  up to the amount paid"
    ),
    check=check,
)
