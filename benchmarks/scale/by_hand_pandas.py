"""What a good analyst writes for contract.outcome in pandas; both limits with one running total over every payment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

PRICES = pd.DataFrame(
    {
        "payment_group": ["young", "older", "early access", "health"],
        "attachment": [40_000, 40_000, 40_000, 60_000],
        "job": [120_000, 120_000, 130_000, 350_000],
        "sustainment": [17_000, 21_500, 25_000, 37_000],
    }
)
COLUMNS = ["flow", "participant", "day", "sequence", "amount"]


def days(number: object) -> object:
    return pd.to_timedelta(number, unit="D")


def paid(path: Path, annual: int, overall: int) -> pd.DataFrame:
    """Every payment: its number, the person, the day, which of several, and the amount in pence."""
    log = pd.read_parquet(path, columns=["participant", "event", "date", "payment_group"])
    log["date"] = pd.to_datetime(log["date"])
    log["event"] = log["event"].astype("category")
    people = (
        log[log["event"] == "Attachment"]
        .groupby("participant", as_index=False)
        .agg(joined=("date", "min"), payment_group=("payment_group", "first"))
        .merge(PRICES, on="payment_group")
    )
    people["year_on"] = people["joined"] + pd.DateOffset(months=12)
    work = _work(log).merge(people, on="participant")
    jobs = _jobs(work)
    payments = pd.concat(
        [
            people.assign(flow=1, day=people["joined"], sequence=1, amount=people["attachment"])[COLUMNS],
            jobs.assign(flow=2, sequence=1, amount=jobs["job"])[COLUMNS],
            _ladder(work, jobs),
            _progress(log, people, work),
        ]
    )
    limited = _limited(payments, annual, overall)
    return pd.concat([limited, _clawback(log, jobs, limited)])


def _work(log: pd.DataFrame) -> pd.DataFrame:
    """The stretches of days in work of either kind, with the days worked before each."""
    until = min(log["date"].max(), pd.Timestamp("2022-03-31"))
    turns = log[log["event"].isin(["Job Start", "Job End", "Trade Start", "Trade End"])]
    turns = turns.assign(kind=turns["event"].isin(["Job Start", "Job End"]))
    turns = turns.sort_values(["participant", "kind", "date"])
    turns["last"] = turns.groupby(["participant", "kind"])["date"].shift(-1)
    spells = turns[turns["event"].isin(["Job Start", "Trade Start"])].rename(columns={"date": "first"})
    spells["last"] = spells["last"].fillna(until).clip(upper=until)
    spells = spells[["participant", "first", "last"]].sort_values(["participant", "first", "last"])
    before = spells["last"].groupby(spells["participant"]).cummax().groupby(spells["participant"]).shift(1)
    spells["stretch"] = (before.isna() | (spells["first"] > before + days(1))).groupby(spells["participant"]).cumsum()
    work = spells.groupby(["participant", "stretch"], as_index=False).agg(first=("first", "min"), last=("last", "max"))
    work["days"] = (work["last"] - work["first"]).dt.days + 1
    work["before"] = work.groupby("participant")["days"].cumsum() - work["days"]
    return work.drop(columns="stretch")


def _jobs(work: pd.DataFrame) -> pd.DataFrame:
    """The least day on which 13 weeks of 26 are worked, where it lies in the 104 weeks."""
    begins = work[work["first"] >= work["joined"]]
    both = begins.merge(work[["participant", "first", "before", "days"]], on="participant", suffixes=("", "_end"))
    goal = both["before"] + 91
    both = both[(both["before_end"] < goal) & (goal <= both["before_end"] + both["days_end"])]
    both = both.assign(day=both["first_end"] + days(both["before"] + 91 - both["before_end"] - 1))
    both = both[both["day"] <= both["first"] + days(181)]
    jobs = both.groupby("participant", as_index=False).agg(
        day=("day", "min"), joined=("joined", "first"), job=("job", "first"), sustainment=("sustainment", "first")
    )
    return jobs[jobs["day"] <= jobs["joined"] + days(727)]


def _ladder(work: pd.DataFrame, jobs: pd.DataFrame) -> pd.DataFrame:
    """Every further four weeks, up to twenty."""
    later = work[["participant", "first", "last"]].merge(jobs[["participant", "day", "sustainment"]], on="participant")
    later = later[later["last"] > later["day"]]
    later = later.assign(first=np.maximum(later["first"], later["day"] + days(1)))
    later["fit"] = ((later["last"] - later["first"]).dt.days + 1) // 28
    later = later[later["fit"] > 0].sort_values(["participant", "first"])
    rungs = later.loc[later.index.repeat(later["fit"])]
    rung = rungs.groupby(level=0).cumcount() + 1
    rungs = rungs.assign(day=rungs["first"] + days(28 * rung - 1))
    rungs["sequence"] = rungs.groupby("participant").cumcount() + 1
    rungs = rungs[rungs["sequence"] <= 20]
    return rungs.assign(flow=3, amount=rungs["sustainment"])[COLUMNS]


def _progress(log: pd.DataFrame, people: pd.DataFrame, work: pd.DataFrame) -> pd.DataFrame:
    """Three sevenths of the weeks and four of the qualifications of the first year, at £12.50, rounded half up."""
    seen = work[(work["last"] >= work["joined"]) & (work["first"] < work["year_on"])]
    last, first = np.minimum(seen["last"], seen["year_on"] - days(1)), np.maximum(seen["first"], seen["joined"])
    weeks = ((last - first).dt.days + 1).groupby(seen["participant"]).sum() // 7
    rows = log[log["event"] == "Qualification"].merge(people[["participant", "joined", "year_on"]], on="participant")
    rows = rows[(rows["date"] >= rows["joined"]) & (rows["date"] < rows["year_on"])]
    number = rows.groupby("participant").size()
    found = people.assign(
        sevenths=3 * people["participant"].map(weeks).fillna(0).astype("int64")
        + 4 * people["participant"].map(number).fillna(0).astype("int64")
    )
    found = found[found["sevenths"] > 0]
    amount = (2 * 1250 * found["sevenths"] + 7) // 14
    return found.assign(flow=4, day=found["year_on"] - days(1), sequence=1, amount=amount)[COLUMNS]


def _limited(payments: pd.DataFrame, annual: int, overall: int) -> pd.DataFrame:
    payments = payments.sort_values(["day", "flow", "participant", "sequence"], ignore_index=True)
    year = (payments["day"] - pd.DateOffset(months=3)).dt.year
    running = payments.groupby(year)["amount"].cumsum() - payments["amount"]
    payments["amount"] = np.minimum(payments["amount"], (annual - running).clip(lower=0))
    running = payments["amount"].cumsum() - payments["amount"]
    payments["amount"] = np.minimum(payments["amount"], (overall - running).clip(lower=0))
    return payments


def _clawback(log: pd.DataFrame, jobs: pd.DataFrame, limited: pd.DataFrame) -> pd.DataFrame:
    """60% of the job's price, as far as it was paid, where a claim follows within 26 weeks."""
    rows = log[log["event"] == "Benefit Claim"].merge(jobs[["participant", "day", "job"]], on="participant")
    rows = rows[(rows["date"] > rows["day"]) & (rows["date"] <= rows["day"] + days(182))]
    back = rows.groupby("participant", as_index=False).agg(day=("date", "min"), job=("job", "first"))
    back = back.merge(limited.loc[limited["flow"] == 2, ["participant", "amount"]], on="participant")
    amount = -np.minimum(back["job"] * 60 // 100, back["amount"])
    return back.assign(flow=5, sequence=1, amount=amount)[COLUMNS]
