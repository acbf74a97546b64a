"""OC23 and OC43: what is left out of the log, or written into it by whoever is paid, near every line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from outcomelang.core import ir
from outcomelang.core.declared import asks_for
from outcomelang.diagnostic import Severity
from outcomelang.histories.history import History
from outcomelang.histories.making import Making
from outcomelang.histories.paid import Paid
from outcomelang.loopholes.absence import Absence, absences
from outcomelang.loopholes.betterment import shrunk
from outcomelang.loopholes.control import alone_recorded_by, independent, paid
from outcomelang.loopholes.finding import Finding
from outcomelang.loopholes.people import alike
from outcomelang.loopholes.recording import Code, Move, codes, is_relative, row_of
from outcomelang.loopholes.rules import missing_record_counts_as_success as missing
from outcomelang.loopholes.rules import provider_shrinks_denominator as shrinks
from outcomelang.loopholes.seeking.trial import Ground, Option, Seeker, Trial
from outcomelang.loopholes.study import Study

Why = tuple[str, Severity | None]

# ---------------------------------------------------------------- a record left out


def _absent(study: Study) -> Iterator[tuple[ir.Flow, Absence, Why]]:
    """What need not be recorded, with why nobody sees to it."""
    for flow in study.flows:
        for absence in (*absences(study.names, flow), *_unsaid(study, flow)):
            why = missing.why_missing(study, flow, absence)
            if why is not None:
                yield flow, absence, why


def _unsaid(study: Study, flow: ir.Flow) -> Iterator[Absence]:
    """What must not have happened, of which nothing says whether more is better, and which the paid alone record."""
    own = paid(study.names)
    for node in asks_for(study.names, (flow.driver, flow.gate)):
        match node:
            case ir.Happens(ir.Select(ir.Rows(name)) as select, True):
                event = study.names.events[name]
                if event.polarity is ir.Polarity.UNSTATED and event.kind == "outcome" and alone_recorded_by(event, own):
                    yield Absence(name, select, none=True)
            case _:
                continue


def _records(ground: Ground, history: History) -> list[Option]:
    study = ground.study
    return [
        partial(_recorded, study, flow, absence, why, history, who, day)
        for flow, absence, why in _absent(study)
        for who in history.participants[:1]
        for day in ground.days(history, who)
    ]


def _recorded(
    study: Study, flow: ir.Flow, absence: Absence, why: Why, history: History, who: str, day: int
) -> Trial | None:
    tests = absence.select.tests if absence.select is not None else ()
    whose = who if study.names.events[absence.event].of is not None else ""
    with_row = history.plus(Making(study.names, known=history).row(whose, absence.event, day, tests))

    def told(_: ir.Flow, bare: Paid, recorded: Paid) -> Finding:
        fewer, more = shrunk(study, bare.history, recorded.history)
        return missing.unrecorded(study, flow, absence, why, (study.pay(more), study.pay(fewer)))

    return Trial(history, with_row, partial(_less, flow), told)


def _less(flow: ir.Flow, dearer: Paid, cheaper: Paid) -> ir.Flow | None:
    return flow if cheaper.of(flow.name) < dearer.of(flow.name) and cheaper.total < dearer.total else None


# ---------------------------------------------------------------- those who fail written off


def _written(study: Study) -> Iterator[tuple[ir.Flow, Code]]:
    """What the paid alone write that is no success and no way in, where one is set against many."""
    own = paid(study.names) - independent(study.names)
    for flow in study.flows:
        if shrinks.is_for_results(study, flow) and is_relative(study, flow):
            for code in codes(study, flow, own):
                good = code.event.polarity is ir.Polarity.MORE or code.event.kind == "outcome"
                if code.event.name not in study.joining and not good:
                    yield flow, code


def _write_offs(ground: Ground, history: History) -> list[Option]:
    study = ground.study
    return [
        partial(_written_off, study, flow, code, history, day, number)
        for flow, code in _written(study)
        for who in history.participants[:1]
        for day in ground.days(history, who)
        for number in (1, 4)
    ]


def _written_off(study: Study, flow: ir.Flow, code: Code, history: History, day: int, number: int) -> Trial | None:
    """People come who fail; then a row for each of them on a day."""
    more = alike(study, history, number)
    if not more:
        return None
    fails = history.plus(*(fact for facts in more for fact in facts))
    off = fails.plus(*(row_of(study, code.event, facts[0], code.tests).on(day) for facts in more))

    def told(_: ir.Flow, after: Paid, before: Paid) -> Finding:
        titles = ("Everybody counts", "Those who fail are recorded so")
        who = sorted((paid(study.names) - independent(study.names)) & set(code.event.recorded_by))[0]
        return shrinks.rises_by_record(study, flow, Move(code.event, before, after, titles, number), who)

    return Trial(off, fails, partial(_less, flow), told)


MISSING_RECORD = Seeker(missing.RULE.name, _records, lambda study: any(_absent(study)))
DENOMINATOR = Seeker(shrinks.RULE.name, _write_offs, lambda study: any(_written(study)))
