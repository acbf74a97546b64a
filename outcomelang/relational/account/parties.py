"""Payer and payee of every draft, what it comes to before any stage, and the shares of joint parties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import assert_never

from attrs import evolve
from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational.account.state import State, Unsaid
from outcomelang.relational.account.words import both, column, known, left_join, values, when
from outcomelang.relational.primitives import E, any_of, cast, minus, plus, rounded, text, times, whole, wide_quotient
from outcomelang.relational.trees import select


def named(state: State) -> State:
    """Who pays and is paid: of a repayment, the one who gets the money back stands as payer."""
    contract = state.contract
    lines: dict[str, int] = {}
    sides = [_sides(state, flow) for flow in contract.flows]
    amount_n, amount_d, rounding_n, rounding_d = _earned(state)
    after = state.become(
        "due_named",
        {
            "line": state.by_flow([whole(lines.setdefault(flow.name, at)) for at, flow in enumerate(contract.flows)]),
            "payer": state.by_flow([payer for payer, _ in sides]),
            "payee": state.by_flow([payee for _, payee in sides]),
            "place": whole(0),
            "part": text(""),
            "counted_n": state.col("units_n"),
            "counted_d": state.col("units_d"),
            "amount_n": amount_n,
            "amount_d": amount_d,
            "rounding_n": rounding_n,
            "rounding_d": rounding_d,
        },
        "Who pays and who is paid, and what each draft comes to before anything is taken",
    )
    after = evolve(after, sides=_fixed_sides(contract))
    by_group = [at for at, flow in enumerate(contract.flows) if _is_by_group(flow)]
    if by_group:
        unnamed = any_of(exp.Not(this=known(after.col("payer"))), exp.Not(this=known(after.col("payee"))))
        found = select(whole(1)).from_(after.source()).where(both(after.is_flow(by_group), unnamed)).limit(1)
        after = after.check(found, "for somebody nobody is named to pay or to be paid")
    return after


def _fixed_sides(contract: ir.Contract) -> tuple[tuple[str, str], ...] | None:
    found = []
    for flow in contract.flows:
        if not isinstance(flow.payer, ir.NamedParty) or not isinstance(flow.payee, ir.NamedParty):
            return None
        sides = flow.payer.party, flow.payee.party
        found.append(sides[::-1] if flow.repays else sides)
    return tuple(found)


def _is_by_group(flow: ir.Flow) -> bool:
    return isinstance(flow.payer, ir.PartyOfGroup) or isinstance(flow.payee, ir.PartyOfGroup)


def _sides(state: State, flow: ir.Flow) -> tuple[E, E]:
    payer, payee = _party(state, flow.payer), _party(state, flow.payee)
    return (payee, payer) if flow.repays else (payer, payee)


def _party(state: State, side: ir.Payer) -> E:
    match side:
        case ir.NamedParty(party=name) | ir.Jointly(joint=name):
            return text(name)
        case ir.PartyOfGroup(partition=partition):
            return label_of(state, partition)
        case _:
            assert_never(side)


def label_of(state: State, partition: str) -> E:
    """`World.scope_label`: the row of a partition to which somebody, or a group itself, belongs."""
    place = next(at for at, each in enumerate(state.contract.partitions) if each.name == partition)
    of_group = when(exp.EQ(this=state.col("partition"), expression=text(partition)), state.col("group"), exp.null())
    return when(known(state.col("population")), state.col(f"label_{place}"), of_group)


def _earned(state: State) -> tuple[E, E, E, E]:
    """Amount and rounding: units times price; rounded instalments add up to the rounded whole."""
    earned_n = times(state.col("units_n"), state.col("price_n"))
    earned_d = times(state.col("units_d"), state.col("price_d"))
    if state.whole_flows:
        exact = state.is_flow(sorted(state.whole_flows))
        pennies = cast(wide_quotient(earned_n, earned_d), "bigint")
        earned_n, earned_d = when(exact, pennies, earned_n), when(exact, whole(1), earned_d)
    mode = state.mode
    plans = [(place, flow.instalments) for place, flow in enumerate(state.contract.flows) if flow.instalments]
    if mode is None or not plans:
        return earned_n, earned_d, whole(0), whole(1)
    amount = earned_n
    for place, plan in plans:
        amount = when(state.is_flow([place]), _instalment(state, plan, mode), amount)
    parted = state.is_flow([place for place, _ in plans])
    return (
        amount,
        when(parted, whole(1), earned_d),
        when(parted, minus(times(amount, earned_d), earned_n), whole(0)),
        when(parted, earned_d, whole(1)),
    )


def _instalment(state: State, plan: ir.Instalments, mode: tuple[str, int]) -> E:
    def upto(parts: E) -> E:
        return rounded(times(state.col("price_n"), parts), times(state.col("price_d"), plan.number), *mode)

    number = state.col("sequence")
    return minus(upto(number), upto(minus(number, whole(1))))


def round_each(state: State, stage: ir.RoundEach) -> State:
    """Every amount to whole minor units; what is parted already is rounded already."""
    n, d = state.col("amount_n"), state.col("amount_d")
    amount = cast(rounded(n, d, stage.mode, stage.to), "bigint")
    parted = state.is_flow([place for place, flow in enumerate(state.contract.flows) if flow.instalments])
    difference = minus(times(amount, d), n)
    if parted == exp.false():
        rounding_n, rounding_d = difference, d
    else:
        rounding_n = when(parted, state.col("rounding_n"), difference)
        rounding_d = when(parted, state.col("rounding_d"), d)
    changed = {"amount_n": amount, "amount_d": whole(1), "rounding_n": rounding_n, "rounding_d": rounding_d}
    after = state.become("due_rounded", changed, f"Each amount is rounded ({stage.mode})", stage.origin.clause)
    return evolve(after, whole=True)


# ---------------------------------------------------------------- joint parties


def share_out(state: State, stage: ir.ShareOut) -> State:
    """Joint payers take their shares, then joint payees; all carry every unit."""
    flows = state.contract.flows
    for side in ("payer", "payee"):
        joints = {
            party.joint
            for flow in flows
            for party in ((flow.payee, flow.payer) if flow.repays else (flow.payer, flow.payee))[side == "payee" :][:1]
            if isinstance(party, ir.Jointly)
        }
        parties = [party for party in state.contract.joint_parties if party.name in joints]
        if parties:
            state = _shared(state, side, parties)
    return state


def _shared(state: State, side: str, joints: Sequence[ir.JointParty]) -> State:
    if not state.whole:
        raise Unsaid("the shares of joint parties are not rounded one by one")
    mode = state.mode or ("half up", 1)  # without rounding, shares are whole by themselves
    most = max(len(joint.shares) for joint in joints)
    shares = _shares_of(joints)
    mine = known(column("joint", "shares"))
    share_n, share_d = when(mine, column("n", "shares"), whole(1)), when(mine, column("d", "shares"), whole(1))
    amount = state.col("amount_n")
    for joint in joints:
        of_joint = exp.EQ(this=column("joint", "shares"), expression=text(joint.name))
        amount = when(of_joint, _parts(state, joint, mode), amount)
    at = when(mine, column("at", "shares"), whole(0))
    changed = {
        side: when(mine, column("party", "shares"), state.col(side)),
        "place": plus(times(state.col("place"), most), at),
        "amount_n": amount,
        "price_n": times(state.col("price_n"), share_n),
        "price_d": times(state.col("price_d"), share_d),
        **_rounding(state, amount, share_n, share_d),
    }
    for cut in state.cuts:
        changed[f"{cut.name}_n"] = times(state.col(f"{cut.name}_n"), share_n)
        changed[f"{cut.name}_d"] = times(state.col(f"{cut.name}_d"), share_d)
    join = left_join(shares, exp.EQ(this=state.col(side), expression=column("joint", "shares")))
    after = state.become(f"due_shared_by_{side}", changed, f"Joint {side}s take their shares", joins=[join])
    return evolve(after, parts=state.parts * most)


def _shares_of(joints: Sequence[ir.JointParty]) -> exp.Expr:
    rows = [
        (joint.name, place, party, share.numerator, share.denominator)
        for joint in joints
        for place, (party, share) in enumerate(joint.shares)
    ]
    return values(rows, "shares", ("joint", "at", "party", "n", "d"))


def _rounding(state: State, amount: E, share_n: E, share_d: E) -> dict[str, E]:
    """What rounding came to so far, shared, and what the rounding of the share adds: over one denominator."""
    over = times(state.col("rounding_d"), share_d)
    shared = times(state.col("rounding_n"), share_n)
    added = minus(times(amount, share_d), times(state.col("amount_n"), share_n))
    return {"rounding_n": plus(shared, times(added, state.col("rounding_d"))), "rounding_d": over}


def _parts(state: State, joint: ir.JointParty, mode: tuple[str, int]) -> E:
    """The rounded share of each party of a joint one; one of them has what is left."""
    amount = state.col("amount_n")

    def share_of(share: Fraction) -> E:
        return rounded(times(amount, share.numerator), share.denominator, *mode)

    cases = []
    for place, (party, share) in enumerate(joint.shares):
        value = share_of(share)
        if party == joint.odd_units_to:
            value = amount
            for other, part in joint.shares:
                if other != party:
                    value = minus(value, share_of(part))
        cases.append(exp.If(this=exp.EQ(this=column("at", "shares"), expression=whole(place)), true=value))
    return exp.Case(ifs=cases[:-1], default=cases[-1].args["true"])
