"""A synthetic log of `contracts/work-programme` at the size of a national programme, the same for the same seed.

    python benchmarks/make_programme.py 1000000 LOG.csv [--seed 1]

Its proportions are those of the case library's hundred people: everybody is attached, 30 of 100 reach 26 weeks and
earn 200 further blocks of four weeks among them, 40 never work. Benefit ends when a job begins and begins when it ends.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from random import Random

FIRST, LAST = date(2011, 6, 6).toordinal(), date(2014, 5, 31).toordinal()
GROUPS = ("JSA 18-24", "JSA 25+", "JSA early access", "ESA ex-IB")
Fact = tuple[int, str, str, str]


def one_person(random: Random) -> list[Fact]:
    """Day, event, source and payment group of each row of one person."""
    day = random.randint(FIRST, LAST)
    rows = [(day, "attached", "dwp", random.choice(GROUPS)), (day, "benefit_start", "dwp", "")]
    luck = random.random()
    if luck < 0.3:
        lengths = [random.randint(10, 90), 182 + 28 * random.randint(1, 13) + random.randint(0, 27)]
    elif luck < 0.6:
        lengths = [random.randint(10, 90) for _ in range(random.randint(1, 2))]
    else:
        lengths = []
    for length in lengths:
        start = day + random.randint(14, 150)
        day = start + length
        rows.append((start - 1, "benefit_end", "dwp", ""))
        rows.append((start, "job_start", "hmrc", ""))
        rows.append((day - 1, "job_end", "hmrc", ""))
        rows.append((day, "benefit_start", "dwp", ""))
    return rows


def write_programme(path: Path, rows: int, seed: int = 1) -> None:
    """Write about so many rows, in order of date as systems deliver it, ids rising."""
    random = Random(seed)
    found: list[tuple[int, str, str, str, str]] = []
    number = 0
    while len(found) < rows:
        number += 1
        found += [(day, f"P{number:07d}", event, source, group) for day, event, source, group in one_person(random)]
    found.sort()
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("id,participant,event,date,source,payment_group\n")
        for position, (day, person, event, source, group) in enumerate(found):
            stream.write(f"E{position:08d},{person},{event},{date.fromordinal(day).isoformat()},{source},{group}\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_programme(options.path, options.rows, options.seed)


if __name__ == "__main__":
    main()
