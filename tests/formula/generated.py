"""Contracts with payments of every kind under random limits, roundings and relations, and logs for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

HEAD = """contract "Generated"
commissioner Council
commissioner Fund
provider Charity
assessor Registrar independent
currency GBP
joint Both: Council {share}%, Fund {other}%; odd pennies to the Council
term beginning on 1 April 2025 and ending on 31 March 2027
claims up to and including 30 September 2027
participant Client, joins on Referral, once, selected by the Council
group Need of a Client, read from Need of Referral  "standard"  "complex"
cohort Year of a Client, by date of Referral
  "Year 1" from 1 April 2025 to 31 March 2026
  "Year 2" from 1 April 2026 to 31 March 2027
period Quarter is every 3 months from 1 April 2025 up to and including 31 March 2027
event Referral is an input, recorded by the Council, has Need as a label
event Session is an activity, recorded by the Charity, has Cost as money
event Moving In is an outcome, recorded by the Charity, more is better
event Review is an outcome, recorded by the Registrar, more is better
define Reviews Held as the number of Reviews
define Reviewed of each Client as the number of Reviews
define Quarterly Sessions in each Quarter as the number of Sessions
define Seen in each Quarter as the excess of Quarterly Sessions over 2
outcome Housed of a Client when a Moving In occurs within 6 months of Referral, once
outcome Kept of a Client when a Review occurs, each time
table Price by Need
  "standard"  £{low}
  "complex"   £{high}
table Band by Reviews Held
  below 3     £40
  at least 3  £25.50
"""

PAYMENTS = (
    "payment Head Fee: {payer} the Charity £{a} for each Client",
    "payment Home Fee: {payer} the Charity the Price for each Housed",
    "payment Visit Fee: {payer} the Charity {p}% of the Cost for each Session",
    "payment Cost Fee: {payer} the Charity the Cost for each Session",
    "payment Review Fee: {payer} the Charity the Band for each Review",
    "payment Kept Fee: {payer} the Charity {p}% of £{a} for each Kept",
    "payment Lump: {payer} the Charity £{a}, when Reviews Held is at least 2",
    "payment Seen Fee: {payer} the Charity £{a} for each Seen, in each Quarter",
    "payment Own Fee: {payer} the Charity £{a} for each Reviewed",
)
NAMES = ("Head Fee", "Home Fee", "Visit Fee", "Cost Fee", "Review Fee", "Kept Fee", "Lump", "Seen Fee", "Own Fee")
ROUNDINGS = (
    "rounding each amount to the nearest penny, half up",
    "rounding each amount to the nearest penny, half even",
    "rounding each amount to the nearest pound, half up",
    "rounding the total to the nearest penny, half up",
)
ORDERS = ("earliest first", "in proportion", "taken from the total", "in the order {names}")


def contract(chance: random.Random) -> str:
    """The text of a contract; not every one is sound."""
    share = chance.choice((50, 60, 67))
    low, high = chance.sample(("30", "45.55", "99.99", "120"), 2)
    lines = [HEAD.format(share=share, other=100 - share, low=low, high=high)]
    chosen = sorted(chance.sample(range(len(PAYMENTS)), chance.randint(1, 4)))
    relation = chance.choice(("", "", "", ", instead of {}", ", less any {}"))
    for place in chosen:
        payer = chance.choice(("the Council pays", "the Council pays", "the Fund pays", "Both pay"))
        text = PAYMENTS[place].format(
            payer=payer, a=chance.choice(("10", "33.33", "75")), p=chance.choice((50, 12.5, 7))
        )
        if place == chosen[-1] and len(chosen) > 1 and relation and place not in (6, 7):
            text += relation.format(NAMES[chance.choice(chosen[:-1])])
        lines.append(text)
    names = [NAMES[place] for place in chosen]
    lines += [limit(chance, names) for _ in range(chance.choice((0, 1, 1, 2, 3)))]
    lines.append(chance.choice(ROUNDINGS))
    return "\n".join(lines) + "\n"


def limit(chance: random.Random, names: list[str]) -> str:
    some = sorted(chance.sample(names, chance.randint(1, len(names))), key=names.index)
    what = "all payments" if chance.random() < 0.3 else " and ".join(some)
    whom = chance.choice(("", "", "", " for each Client", " for each Year"))
    when = chance.choice(("", "", "", " in each Quarter by date achieved"))
    order = chance.choice(ORDERS).format(names=", ".join(some))
    excess = chance.choice(("not paid", "not paid", "not paid", "paid by the Fund", "carried forward"))
    if chance.random() < 0.25 and len(some) == 1 and what != "all payments":
        return f"limit {what} to {chance.randint(1, 4)}{whom}{when}; earliest first; the excess is {excess}"
    most = chance.choice(("£20", "£50.05", "£100", "£250", "£1,000"))
    return f"limit {what} to {most}{whom}{when}; {order}; the excess is {excess}"


def events(chance: random.Random) -> str:
    """A log as CSV."""
    rows = [",".join(("id", "participant", "event", "date", "source", "Need", "Cost"))]
    for number, (who, event, day, source, need, cost) in enumerate(lives(chance), 1):
        rows.append(f"E{number:04},{who},{event},{day.isoformat()},{source},{need},{cost}")
    return "\n".join(rows) + "\n"


def lives(chance: random.Random) -> Iterator[tuple[str, str, date, str, str, str]]:
    first = date(2025, 4, 1)
    for person in range(chance.choice((0, 1, 3, 8))):
        who, joined = f"P{person:02}", first + timedelta(chance.randrange(600))
        yield who, "Referral", joined, "Council", chance.choice(("standard", "complex")), ""
        for event, source, most in (("Session", "Charity", 6), ("Moving In", "Charity", 1), ("Review", "Registrar", 3)):
            for _ in range(chance.randint(0, most)):
                day = joined + timedelta(chance.randrange(200))
                cost = f"{chance.randrange(1, 9000) / 100:.2f}" if event == "Session" else ""
                yield who, event, min(day, date(2027, 9, 30)), source, "", cost
