"""A synthetic log for a contract like the Work Programme, the same for the same seed.

    python benchmarks/make_log.py 1000000 LOG.csv [--seed 1] [--wages] [--verdicts]

About five rows a person: an attachment with its payment group, then spells of work. `--wages` adds a column of money
with a different amount in almost every row of a job's start (the hard case for a reader that remembers cells).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from outcomelang.core import ir

GROUPS = (
    ir.PartitionRow("JSA 18 to 24", logged=("JSA 18-24",)),
    ir.PartitionRow("JSA 25 and over", logged=("JSA 25+",)),
    ir.PartitionRow("ESA ex-IB"),
)
LOGGED_GROUPS = ("JSA 18-24", "JSA 25+", "ESA ex-IB")
FIRST, LAST = date(2011, 6, 1).toordinal(), date(2015, 12, 31).toordinal()


def contract() -> ir.Contract:
    """The declarations that such a log is read against; it pays nothing."""
    wage = ir.AttributeSpec("Wage", ir.Unit.MONEY)
    group = ir.AttributeSpec("Payment Group", ir.Unit.LABEL)
    hmrc = ir.Verification(("HMRC",))

    def event(name: str, source: str, *attributes: ir.AttributeSpec, logged: str = "") -> ir.Event:
        verification = hmrc if source == "Prime" else None
        logs = (logged,) if logged else ()
        return ir.Event(
            name, "outcome", ir.Polarity.MORE, (source,), verification=verification, attributes=attributes, logged=logs
        )

    return ir.Contract(
        title="Work Programme (benchmark)",
        currency="GBP",
        minor_digits=2,
        first_day=date(2011, 6, 1),
        last_day=date(2017, 3, 31),
        last_claim=date(2018, 9, 30),
        value=None,
        parties=(ir.Party("DWP", "commissioner"), ir.Party("Prime", "provider"), ir.Party("HMRC", "assessor")),
        joint_parties=(),
        populations=(
            ir.Population(
                "Jobseeker", "Jobseekers", (ir.Way(ir.Select(ir.Rows("Attachment")), first=True),), once=True
            ),
        ),
        members=(),
        partitions=(
            ir.Partition(
                "Payment Group", "group", "Jobseeker", ir.ByLabel("Attachment", "Payment Group"), GROUPS, ("DWP",)
            ),
        ),
        calendars=(),
        events=(
            event("Attachment", "DWP", group, logged="attached"),
            event("Job Start", "Prime", wage),
            event("Job End", "Prime"),
        ),
        states=(),
        measures=(),
        tables=(),
        outcomes=(),
        flows=(),
        stages=(),
    )


def people(random: Random) -> Iterator[list[tuple[int, str, str, str]]]:
    """The rows of one person after another: day, event, source, payment group."""
    while True:
        day = random.randint(FIRST, LAST)
        rows = [(day, "attached", "dwp", random.choice(LOGGED_GROUPS))]
        for _ in range(random.randint(0, 4)):
            day += random.randint(1, 120)
            rows.append((day, "job_start", "hmrc", ""))
            day += random.randint(1, 300)
            if random.random() < 0.9:
                rows.append((day, "job_end", "hmrc", ""))
        yield rows


def write_log(path: Path, rows: int, seed: int = 1, wages: bool = False, verdicts: bool = False) -> None:
    """Write a log of so many rows, in order of date as systems deliver it, ids rising."""
    random = Random(seed)
    found: list[tuple[int, str, str, str, str]] = []
    for number, person in enumerate(people(random)):
        found.extend((day, f"P{number:07d}", event, source, group) for day, event, source, group in person)
        if len(found) >= rows:
            break
    found = sorted(found[:rows])
    with path.open("w", encoding="utf-8", newline="") as stream:
        more = (",wage" if wages else "") + (",verifies" if verdicts else "")
        stream.write(f"id,participant,event,date,source,payment_group{more}\n")
        for number, (day, person_id, event, source, group) in enumerate(found):
            wage = f",{random.randint(100, 200_000) / 100:.2f}" if wages and event == "job_start" else "," * wages
            iso = date.fromordinal(day).isoformat()
            if verdicts and source == "hmrc" and number % 2:
                stream.write(f"E{number:08d},{person_id},{event},{iso},prime,{group}{wage},\n")
                stream.write(f"V{number:08d},,verified,{iso},hmrc,{',' * wages},E{number:08d}\n")
            else:
                stream.write(f"E{number:08d},{person_id},{event},{iso},{source},{group}{wage}{',' * verdicts}\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wages", action="store_true")
    parser.add_argument("--verdicts", action="store_true")
    options = parser.parse_args()
    write_log(options.path, options.rows, options.seed, options.wages, options.verdicts)


if __name__ == "__main__":
    main()
