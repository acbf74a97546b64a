"""An exposure for programs: amounts as texts in the currency's major unit, rounded up to its minor unit where a bound
is not whole; null where nothing bounds it."""

from __future__ import annotations

import json
from fractions import Fraction

from outcomelang.core.money import exact, major
from outcomelang.exposure import said
from outcomelang.exposure.analysis import Exposure, Of
from outcomelang.exposure.breakeven import BreakEven
from outcomelang.exposure.numbers import Most
from outcomelang.exposure.years import Year

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]


def exposure_json(found: Exposure, digest: str) -> str:
    """One object; the same contract gives the same bytes."""
    return json.dumps(record(found, digest), ensure_ascii=False, indent=1) + "\n"


def record(found: Exposure, digest: str) -> dict[str, Value]:
    least = found.least
    return {
        "contract": found.contract.title,
        "digest": digest,
        "currency": found.contract.currency,
        "greatest": {
            "amount": amount(found, found.greatest.most),
            "tight": found.tight,
            "found": amount(found, found.reached.paid.total),
            "binds": [said.limit_named(each) for each in found.greatest.binding],
            "argument": said.of_greatest(found),
            "tightness": said.of_tightness(found),
        },
        "least": {
            "amount": amount(found, least.found.paid.total),
            "proved": least.proved,
            "argument": least.argument,
        },
        "no_outcome": _no_outcome(found),
        "payments": [_part(found, each) for each in found.payments],
        "payers": [_part(found, each) for each in found.payers],
        "years": [_year(found, each) for each in found.years],
        "one_person": [_part(found, each) for each in found.people],
        "break_even": [_rate(found, each) for each in found.break_even],
        "assumptions": list(said.premises(found.contract)),
    }


def _no_outcome(found: Exposure) -> Value:
    idle = found.idle
    return {
        "amount": amount(found, idle.idle.paid.total),
        "of": amount(found, idle.whole),
        "share": None if idle.share is None else f"{exact(round(idle.share * 1000) / Fraction(10))}%",
    }


def amount(found: Exposure, value: Most) -> str | None:
    """Two decimals of a currency with two; what is not whole is rounded up, so that a bound stays one."""
    return None if value is None else major(-(-value // 1), found.contract.minor_digits)


def _part(found: Exposure, part: Of) -> dict[str, Value]:
    return {
        "name": part.name,
        "amount": amount(found, part.most),
        "tight": part.tight,
        "found": amount(found, part.found),
        "units": None if part.units is None else exact(part.units),
        "price": amount(found, part.price),
        "argument": said.of_part(found, part),
    }


def _year(found: Exposure, year: Year) -> dict[str, Value]:
    return {
        "first": year.first.isoformat(),
        "last": year.last.isoformat(),
        "amount": amount(found, year.liability.most),
        "binds": [said.limit_named(each) for each in year.liability.binding if year.liability.most is not None],
    }


def _rate(found: Exposure, of: BreakEven) -> dict[str, Value]:
    return {
        "group": of.group,
        "row": of.row,
        "cost": amount(found, of.cost_idle),
        "paid_with_nothing_achieved": amount(found, of.paid_idle),
        "paid_with_everything_achieved": amount(found, of.paid_full),
        "rate": None if of.rate is None else f"{exact(round(of.rate * 1000) / Fraction(10))}%",
        "argument": said.of_rate(found.contract, of),
    }
