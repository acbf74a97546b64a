"""What a good analyst writes for contract.outcome in Polars; both limits with one running total over every payment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

PRICES = pl.DataFrame(
    {
        "payment_group": ["young", "older", "early access", "health"],
        "attachment": [40_000, 40_000, 40_000, 60_000],
        "job": [120_000, 120_000, 130_000, 350_000],
        "sustainment": [17_000, 21_500, 25_000, 37_000],
    }
).lazy()
DAYS = pl.duration(days=1)


def paid(path: Path, annual: int, overall: int) -> pl.DataFrame:
    """Every payment: its number, the person, the day, which of several, and the amount in pence."""
    log = pl.scan_parquet(path).select("participant", "event", "date", "payment_group")
    people = (
        log.filter(pl.col("event") == "Attachment")
        .group_by("participant")
        .agg(joined=pl.col("date").min(), payment_group=pl.col("payment_group").first())
        .join(PRICES, on="payment_group")
        .with_columns(year_on=pl.col("joined").dt.offset_by("12mo"))
    )
    work = _work(log).join(people, on="participant")
    jobs = _jobs(work)
    payments = pl.concat(
        [
            people.select(
                pl.lit(1).alias("flow"), "participant", day="joined", sequence=pl.lit(1), amount="attachment"
            ),
            jobs.select(pl.lit(2).alias("flow"), "participant", "day", sequence=pl.lit(1), amount="job"),
            _ladder(work, jobs),
            _progress(log, people, work),
        ],
        how="vertical_relaxed",
    )
    limited = _limited(payments, annual, overall).collect().lazy()
    return pl.concat([limited, _clawback(log, jobs, limited)], how="vertical_relaxed").collect()


def _work(log: pl.LazyFrame) -> pl.LazyFrame:
    """The stretches of days in work of either kind, with the days worked before each."""
    until = log.select(pl.col("date").max().clip(upper_bound=date(2022, 3, 31)).alias("until"))
    starts = ["Job Start", "Trade Start"]
    return (
        log.filter(pl.col("event").is_in([*starts, "Job End", "Trade End"]))
        .with_columns(kind=pl.col("event").str.slice(0, 1))
        .sort("participant", "kind", "date")
        .with_columns(last=pl.col("date").shift(-1).over("participant", "kind"))
        .filter(pl.col("event").is_in(starts))
        .join(until, how="cross")
        .select("participant", first="date", last=pl.min_horizontal(pl.col("last").fill_null(pl.col("until")), "until"))
        .sort("participant", "first", "last")
        .with_columns(before=pl.col("last").cum_max().shift(1).over("participant"))
        .with_columns(
            stretch=(pl.col("before").is_null() | (pl.col("first") > pl.col("before") + DAYS))
            .cum_sum()
            .over("participant")
        )
        .group_by("participant", "stretch")
        .agg(pl.col("first").min(), pl.col("last").max())
        .sort("participant", "first")
        .with_columns(days=(pl.col("last") - pl.col("first")).dt.total_days() + 1)
        .with_columns(before=pl.col("days").cum_sum().over("participant") - pl.col("days"))
    )


def _jobs(work: pl.LazyFrame) -> pl.LazyFrame:
    """The least day on which 13 weeks of 26 are worked, where it lies in the 104 weeks."""
    begins = work.filter(pl.col("first") >= pl.col("joined"))
    ends = work.select("participant", end_first="first", end_before="before", end_days="days")
    reached = pl.col("end_first") + pl.duration(days=pl.col("before") + 91 - pl.col("end_before") - 1)
    return (
        begins.join(ends, on="participant")
        .filter(
            pl.col("end_before") < pl.col("before") + 91,
            pl.col("before") + 91 <= pl.col("end_before") + pl.col("end_days"),
        )
        .with_columns(day=reached)
        .filter(pl.col("day") <= pl.col("first") + pl.duration(days=181))
        .group_by("participant")
        .agg(pl.col("day").min(), pl.col("joined", "job", "sustainment").first())
        .filter(pl.col("day") <= pl.col("joined") + pl.duration(days=727))
    )


def _ladder(work: pl.LazyFrame, jobs: pl.LazyFrame) -> pl.LazyFrame:
    """Every further four weeks, up to twenty."""
    return (
        work.select("participant", "first", "last")
        .join(jobs.select("participant", "day", "sustainment"), on="participant")
        .filter(pl.col("last") > pl.col("day"))
        .with_columns(first=pl.max_horizontal("first", pl.col("day") + DAYS))
        .with_columns(fit=((pl.col("last") - pl.col("first")).dt.total_days() + 1) // 28)
        .filter(pl.col("fit") > 0)
        .sort("participant", "first")
        .with_columns(rung=pl.int_ranges(1, pl.col("fit") + 1))
        .explode("rung")
        .with_columns(sequence=pl.int_range(1, pl.len() + 1).over("participant"))
        .filter(pl.col("sequence") <= 20)
        .select(
            pl.lit(3).alias("flow"),
            "participant",
            day=pl.col("first") + pl.duration(days=28 * pl.col("rung") - 1),
            sequence="sequence",
            amount="sustainment",
        )
    )


def _progress(log: pl.LazyFrame, people: pl.LazyFrame, work: pl.LazyFrame) -> pl.LazyFrame:
    """Three sevenths of the weeks and four of the qualifications of the first year, at £12.50, rounded half up."""
    inside = pl.min_horizontal("last", pl.col("year_on") - DAYS) - pl.max_horizontal("first", "joined")
    weeks = (
        work.filter(pl.col("last") >= pl.col("joined"), pl.col("first") < pl.col("year_on"))
        .group_by("participant")
        .agg(weeks=(inside.dt.total_days() + 1).sum() // 7)
    )
    qualified = (
        log.filter(pl.col("event") == "Qualification")
        .join(people, on="participant")
        .filter(pl.col("date") >= pl.col("joined"), pl.col("date") < pl.col("year_on"))
        .group_by("participant")
        .agg(qualifications=pl.len())
    )
    return (
        people.join(weeks, on="participant", how="left")
        .join(qualified, on="participant", how="left")
        .with_columns(
            sevenths=3 * pl.col("weeks").fill_null(0) + 4 * pl.col("qualifications").cast(pl.Int64).fill_null(0)
        )
        .filter(pl.col("sevenths") > 0)
        .select(
            pl.lit(4).alias("flow"),
            "participant",
            day=pl.col("year_on") - DAYS,
            sequence=pl.lit(1),
            amount=(2 * 1250 * pl.col("sevenths") + 7) // 14,
        )
    )


def _limited(payments: pl.LazyFrame, annual: int, overall: int) -> pl.LazyFrame:
    year = pl.col("day").dt.offset_by("-3mo").dt.year()

    def within(most: int) -> pl.Expr:
        room = most - (pl.col("amount").cum_sum() - pl.col("amount"))
        return pl.min_horizontal("amount", room.clip(lower_bound=0))

    return (
        payments.sort("day", "flow", "participant", "sequence")
        .with_columns(amount=within(annual).over(year))
        .with_columns(amount=within(overall))
    )


def _clawback(log: pl.LazyFrame, jobs: pl.LazyFrame, limited: pl.LazyFrame) -> pl.LazyFrame:
    """60% of the job's price, as far as it was paid, where a claim follows within 26 weeks."""
    return (
        log.filter(pl.col("event") == "Benefit Claim")
        .join(jobs.select("participant", "day", "job"), on="participant")
        .filter(pl.col("date") > pl.col("day"), pl.col("date") <= pl.col("day") + pl.duration(days=182))
        .group_by("participant")
        .agg(pl.col("date").min(), pl.col("job").first())
        .join(limited.filter(pl.col("flow") == 2).select("participant", "amount"), on="participant")
        .select(
            pl.lit(5).alias("flow"),
            "participant",
            day="date",
            sequence=pl.lit(1),
            amount=-pl.min_horizontal(pl.col("job") * 60 // 100, "amount"),
        )
    )
