"""OC29: a share or a quotient decides how many are paid for, and nothing says how it is rounded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.declared import Declared
from outcomelang.core.fixed_values import fixed_value, greatest_value
from outcomelang.diagnostic import Remedy, Severity
from outcomelang.exposure.liability import units
from outcomelang.loopholes.finding import Cleared, Finding, Said, Verdict
from outcomelang.loopholes.rule import Means, Rule
from outcomelang.loopholes.study import Study, largest


def check(study: Study) -> Iterator[Said]:
    """Every number of things that may be paid for, or of times that an outcome may be achieved."""
    found = False
    for stage in study.contract.stages:
        if isinstance(stage, ir.CountLimit) and _is_open(study, stage):
            found = True
            yield _of_limit(study, stage)
    for outcome in study.contract.outcomes:
        if outcome.times is not None and not is_whole(study.names, outcome.times):
            found = True
            yield _finding(study, outcome.name, outcome.origin, outcome.times, Fraction(0))
    if not found:
        yield Cleared(Verdict.PROVED, "every number of things that are paid for is a whole one; money has its rounding")


def is_whole(d: Declared, of: ir.Quantity) -> bool:
    """Whether a number is whole for every log."""
    written = fixed_value(d, of, {})
    if written is not None:
        return Fraction(written).denominator == 1
    match of:
        case ir.Counted() | ir.Rounded() | ir.DaysIn():
            return True
        case ir.Read(name):
            return is_whole(d, d.measures[name].quantity)
        case ir.Lookup(name):
            table = d.tables[name]
            values = [row.value.value for row in table.rows if row.value is not None]
            return not table.straight_line and all(isinstance(v, Fraction) and v.denominator == 1 for v in values)
        case ir.Arith("+" | "-" | "*" | "min" | "max", left, right):
            return is_whole(d, left) and is_whole(d, right)
        case ir.Excess(left, over):
            return is_whole(d, left) and is_whole(d, over)
        case _:
            return False


def _limited(study: Study, stage: ir.CountLimit) -> list[ir.Flow]:
    return [flow for flow in study.flows if not stage.flows or flow.name in stage.flows]


def _is_open(study: Study, stage: ir.CountLimit) -> bool:
    """Whether the part of a thing decides: parts of a measured number are paid anyhow, and so is what is never reached.

    A number that is read from the log (a figure, an attribute) is as whole as whoever reports it makes it.
    """
    flows = _limited(study, stage)
    measured = all(isinstance(flow.driver, ir.EachUnit) and flow.driver.parts == "proportion" for flow in flows)
    if measured or is_whole(study.names, stage.most) or not _is_computed(study, stage.most):
        return False
    most, number = greatest_value(study.names, stage.most), [units(study.names, flow) for flow in flows]
    reached = most is None or any(each is None for each in number) or sum(each or 0 for each in number) > most
    return reached or stage.per is not None or stage.calendar is not None


def _is_computed(study: Study, of: ir.Quantity) -> bool:
    return any(isinstance(node, ir.Arith | ir.Const) for node in study.rests_on(of))


def _of_limit(study: Study, stage: ir.CountLimit) -> Finding:
    flows = _limited(study, stage)
    price = largest(Fraction(greatest_value(study.names, flow.amount) or 0) for flow in flows)
    return _finding(study, stage.title or flows[0].name, stage.origin, stage.most, price)


def _finding(study: Study, name: str, origin: ir.Origin, number: ir.Quantity, price: Fraction) -> Finding:
    written = fixed_value(study.names, number, {})
    worth = f" ({study.money(price)})" if price else ""
    least = None if written is None else int(written // 1)
    message = (
        f"Nothing says whether {least:,} or {least + 1:,} are paid for: the number is {_mixed(Fraction(written or 0))}"
        if least is not None
        else f"Nothing says what becomes of part of one{worth}: the number of {name} is a share that need not be whole"
    )
    return Finding(
        of=(name,),
        origin=origin,
        message=message,
        label="is not rounded",
        stake=price,
        argument="a share or a quotient reaches a number of things, and no rounding stands on the way",
        remedies=(
            Remedy("…, rounded down", "the payer keeps the part"),
            Remedy("…, rounded up", "the payee has one more"),
        ),
    )


def _mixed(number: Fraction) -> str:
    whole, rest = divmod(number, 1)
    return f"{whole:,} and {rest.numerator}/{rest.denominator}"


_FEE = """insert payment Enrolment Fee: Council pays the Provider £100 for each Jobseeker
insert limit Enrolment Fee to the Places; earliest first; the excess is not paid
insert define Places as 5/6 of 1,195"""

RULE = Rule(
    code="OC29",
    name="rounding-or-currency-unstated",
    severity=Severity.ERROR,
    means=Means.TERMS,
    summary="A division or a share reaches money or a number of things, and no rule of rounding or currency is stated.",
    rationale=(
        "Five sixths of 1,195 families are 995 and 5/6 of a family. One side counts 996 and the other 995, and over a "
        "programme the difference is paid, or not, many times."
    ),
    guards=(
        "“rounded down” or “rounded up” on the way",
        "parts of a measured number that are paid in proportion",
        "a limit that can never be reached",
    ),
    blind="Whether the rounding that is stated is the one that the parties meant.",
    source=(
        "Bridges, Cabinet Office investment into Outcomes Partnerships (worked table); Troubled Families framework"
    ),
    bad=_FEE,
    good=f"{_FEE}, rounded down",
    check=check,
    stopped_by=("OL116", "OL119", "OL139", "OL145"),
)
