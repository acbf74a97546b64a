"""How much the plan carries: `python tests/relational/carried.py [WORD]` says which samples it refuses, and why."""

from __future__ import annotations

import sys
import traceback
from collections import Counter, defaultdict

import samples
from agreement import agreement


def main(words: list[str]) -> None:
    counts: Counter[str] = Counter()
    why: dict[str, list[str]] = defaultdict(list)
    for sample in samples.every():
        if words and not any(word in sample.name for word in words):
            continue
        kind = "examples" if "/evaluation/" not in f"/{sample.name}" else "pages"
        try:
            found = agreement(sample.contract, sample.log, sample.as_of)
        except Exception as error:
            counts[f"{kind} failed"] += 1
            print("FAILED", sample.name, type(error).__name__, str(error)[:300].replace("\n", " "))
            if words:
                traceback.print_exc()
            continue
        if found.refused:
            counts[f"{kind} refused"] += 1
            why[found.refused[0].why].append(sample.name)
        elif found.holds:
            counts[f"{kind} agreed"] += 1
        else:
            counts[f"{kind} DISAGREED"] += 1
            print("DISAGREED", sample.name)
            for one in found.missing[:3]:
                print("   reference", one)
            for one in found.added[:3]:
                print("   plan     ", one)
    print(dict(counts))
    for reason, names in sorted(why.items(), key=lambda each: -len(each[1])):
        print(len(names), reason, names[:3])


main(sys.argv[1:])
