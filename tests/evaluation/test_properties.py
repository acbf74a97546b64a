"""What holds for every log: order and others do not matter, sums agree, limits hold, and no day knows a later one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.evaluation.event_log import EventLog, Row
from outcomelang.evaluation.ledger import Entry, Ledger
from outcomelang.evaluation.reference import evaluate

from . import build, logs

YEAR = ir.Calendar("Year", 12, 0, date(2015, 4, 1), None)
BOTH = ir.JointParty("Both", (("Buyer", Fraction(2, 3)), ("Second Buyer", Fraction(1, 3))), "Second Buyer")
MOST = 900
JOB = build.outcome("Job Kept", ir.Reaches("Job", build.days(14), "without a break", further=True), each_time=True)
FREE = build.outcome("Free", ir.Happens(build.rows("Arrest", window=build.following(ir.Joining(), 3)), negated=True))
ODD = ir.Const(Fraction(3337, 10), ir.Unit.MONEY)
ROUND_EACH = (ir.RoundEach("half up", 1), ir.ShareOut())
LIMIT = build.money_limit(most=build.pounds(Fraction(MOST, 100)), order=ir.Order.EARLIEST)


def contract(*stages: ir.Stage) -> ir.Contract:
    """Visits, kept jobs and freedom from arrest, paid by two payers together."""
    flows = tuple(build.flow(name, ODD, payer=ir.Jointly("Both")) for name in ("Visited", "Job Kept", "Free"))
    made = logs.contract((build.visited(), JOB, FREE))
    return evolve(made, flows=flows, joint_parties=(BOTH,), calendars=(YEAR,), stages=stages)


@st.composite
def crowds(draw: st.DrawFn) -> list[Row]:
    """The rows of one to three people, some of them known only later."""
    found: list[Row] = []
    for person in "ABC"[: draw(st.integers(1, 3))]:
        for row in draw(logs.lives(6)):
            late = draw(st.sampled_from((0, 0, 0, 1, 40)))
            found.append(row._replace(participant=person, id=person + row.id, recorded=row.day + late))
    return found


def without_places(ledger: Ledger) -> Ledger:
    return evolve(ledger, reports=())


@given(crowds(), st.randoms())
def test_the_order_of_rows_and_files_changes_nothing(crowd: list[Row], random: object) -> None:
    made = contract(*ROUND_EACH)
    once = build.log(crowd)
    random.shuffle(crowd)  # type: ignore[attr-defined]
    again = build.log(crowd)
    assert evaluate(made, once) == evaluate(made, again)
    split = [row._replace(file=number % 2, line=number) for number, row in enumerate(once.rows)]
    over = EventLog(("a.csv", "b.csv"), split, [], once.last_day, (), False)
    assert [(e.id, e.amount) for e in evaluate(made, over).entries] == [
        (e.id, e.amount) for e in evaluate(made, once).entries
    ]


@given(crowds())
def test_others_never_change_what_is_due_for_somebody(crowd: list[Row]) -> None:
    """As far as the log is observed: somebody's own rows, known as long as everybody's."""
    made = contract(*ROUND_EACH)
    everybody = build.log(crowd)
    own = EventLog(("log.csv",), [r for r in everybody.rows if r.participant == "A"], [], everybody.last_day, (), False)
    of_a = tuple(entry for entry in evaluate(made, everybody).entries if entry.participant == "A")
    assert evaluate(made, own).entries == of_a


@given(crowds(), st.sampled_from(((), (LIMIT,))), st.booleans())
def test_entries_lines_and_total_agree_and_no_limit_is_exceeded(
    crowd: list[Row], limits: tuple[ir.Stage, ...], in_total: bool
) -> None:
    if in_total:
        made = contract(ir.ShareOut(), *limits, ir.RoundTotal("half even", 1))
    else:
        made = contract(*ROUND_EACH, *limits)
    ledger = evaluate(made, build.log(crowd))
    assert sum(entry.amount for entry in ledger.entries) == sum(line.amount for line in ledger.lines) == ledger.total
    assert len({entry.id for entry in ledger.entries}) == len(ledger.entries)
    for entry in ledger.entries:
        assert entry.earned - sum(cut.taken for cut in entry.cuts) + entry.rounding == entry.amount
    if limits:
        assert ledger.total <= MOST + (3 if in_total else 0)


@given(crowds())
def test_joint_shares_add_up_to_the_whole(crowd: list[Row]) -> None:
    shared = evaluate(contract(*ROUND_EACH), build.log(crowd))
    alone = evaluate(contract(ir.RoundEach("half up", 1)), build.log(crowd))
    whole = {(e.payment, e.subject, e.sequence): e.amount for e in alone.entries}
    parts: dict[tuple[str, str, int], Fraction] = {}
    for entry in shared.entries:
        key = entry.payment, entry.subject, entry.sequence
        parts[key] = parts.get(key, Fraction(0)) + entry.amount
    assert parts == whole


@given(crowds(), st.integers(-5, 300), st.sampled_from((0, 1, 90)))
def test_an_account_uses_only_what_was_recorded_by_its_day(crowd: list[Row], wait: int, late: int) -> None:
    """Rows, and corrections of rows, that were recorded later change nothing; an open verdict says until when."""
    made = contract(*ROUND_EACH)
    as_of = min(row.day for row in crowd) + wait
    day = date.fromordinal(as_of)
    known = [row for row in crowd if row.recorded <= as_of]
    changed = [row._replace(day=row.day - 1, recorded=max(as_of, row.recorded) + 1 + late) for row in known[::2]]
    then = evaluate(made, build.log(known), day)
    assert without_places(evaluate(made, build.log([*crowd, *changed]), day)) == without_places(then)
    assert all(entry.day <= day for entry in then.entries)
    assert all(pending.until is not None for pending in then.pending if pending.verdict == "open")


@given(crowds())
def test_a_correction_counts_like_the_corrected_row(crowd: list[Row]) -> None:
    made = contract(*ROUND_EACH)
    later = max(row.recorded for row in crowd) + 1
    wrong = [row._replace(day=row.day - 3, recorded=min(row.recorded, later - 1)) for row in crowd[1::3]]
    right = [row._replace(recorded=later) for row in crowd[1::3]]
    others = [row for row in crowd if row not in crowd[1::3]]
    corrected, clean = build.log([*others, *wrong, *right]), build.log([*others, *right])
    assert evaluate(made, corrected).entries == evaluate(made, clean).entries


@given(crowds(), st.integers(0, 300))
def test_ids_of_entries_stay_as_the_account_grows(crowd: list[Row], wait: int) -> None:
    """An entry of an earlier account, where it still stands, has the same id, day and amount."""
    made = contract(*ROUND_EACH)
    as_of = date.fromordinal(min(row.day for row in crowd) + wait)
    punctual = build.log([row._replace(recorded=row.day) for row in crowd if row.event != "Leave"])

    def visits(ledger: Ledger) -> dict[str, Entry]:
        return {e.id: e for e in ledger.entries if e.payment == "Visited"}

    early, late = visits(evaluate(made, punctual, as_of)), visits(evaluate(made, punctual))
    assert early == {name: entry for name, entry in late.items() if entry.day <= as_of}
