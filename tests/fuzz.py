"""Text that nobody wrote: contracts changed by rule or byte by byte. Run it as `python tests/fuzz.py SECONDS [SEED]`.

Whatever the text, compiling it ends, soon, with a contract or with findings that each stand somewhere in the text.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from random import Random

from outcomelang.compiler import compile_text
from outcomelang.core.invariants import broken
from outcomelang.diagnostic import ContractError

ROOT = Path(__file__).parents[1]
PIECE = re.compile(r"\"[^\"\n]*\"|[A-Z][\w-]*(?: [A-Z][\w-]*)*|£?[\d,.]+%?|[a-z-]+|\S")
ODD = [
    "\x00",
    "\u200b",
    "\u00a0",
    "\u202e",
    "“",
    "”",
    "–",
    "£",
    "€",
    "(",
    ")",
    '"',
    "[",
    "]",
    "\ufffd",
    "🙂",
    "\r",
    "\t",
    "9" * 50,
]
LARGE = 50
"""One text in so many is made of a shipped contract, the others of the small ones of golden pages."""
SLOWEST = 40.0
"""How many times as long as the slowest sound contract a changed one may take."""


CONTRACT = re.compile(r"^```outcome\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def texts() -> dict[str, str]:
    """The contracts that are shipped."""
    paths = sorted(ROOT.glob("contracts/*/*.outcome"))
    return {str(path): path.read_text("utf-8") for path in paths}


def small_texts() -> dict[str, str]:
    """The contracts of golden pages: a few clauses each, and every construct among them."""
    pages = sorted(ROOT.glob("tests/golden/**/*.md"))
    found = ((page, CONTRACT.search(page.read_text("utf-8"))) for page in pages)
    return {str(page.with_suffix(".outcome")): match[1] for page, match in found if match is not None}


def by_grammar(choice: Random, text: str, others: list[str]) -> str:
    """Some words, names, numbers or lines left out, doubled, moved or taken from another contract."""
    for _ in range(choice.randint(1, 5)):
        lines = text.split("\n")
        at = choice.randrange(len(lines))
        pieces = PIECE.findall(lines[at])
        kind = choice.randrange(7)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(choice.randrange(len(lines) + 1), lines[at])
        elif kind == 2:
            lines.insert(at, choice.choice(choice.choice(others).split("\n")))
        elif kind == 3:
            lines[at] = lines[at][: choice.randint(0, len(lines[at]))]
        elif pieces:
            other = PIECE.findall(choice.choice(choice.choice(others).split("\n"))) or [""]
            new = {4: "", 5: choice.choice(other), 6: choice.choice(pieces)}[kind]
            lines[at] = lines[at].replace(choice.choice(pieces), new, 1)
        text = "\n".join(lines)
    return text


def by_byte(choice: Random, text: str) -> str:
    """Some characters left out, doubled, changed places, or odd ones put in."""
    for _ in range(choice.randint(1, 8)):
        at = choice.randrange(len(text) + 1)
        kind = choice.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + choice.randint(1, 3) :]
        elif kind == 1:
            text = text[:at] + choice.choice(ODD) + text[at:]
        elif kind == 2:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        else:
            text = text[:at] + text[at : at + choice.randint(1, 200)] + text[at:]
    return text


def changed(choice: Random, shipped: dict[str, str]) -> tuple[str, str]:
    """The path of a contract and what became of its text."""
    path = choice.choice(list(shipped))
    if choice.random() < 0.5:
        return path, by_byte(choice, shipped[path])
    return path, by_grammar(choice, shipped[path], list(shipped.values()))


def tried(path: str, text: str) -> None:
    """Compile it: a contract that keeps its invariants, or findings with a place; anything else raises."""
    try:
        compiled = compile_text(text, path)
    except ContractError as error:
        lines = text.count("\n") + 2 + text.count("\r")
        for found in error.diagnostics:
            assert found.message and found.code.startswith("OL"), found
            assert found.span.path != path or 0 <= found.span.line <= lines, found
        return
    assert broken(compiled.core) == (), broken(compiled.core)


def seconds(path: str, text: str) -> float:
    """What it takes to compile it."""
    start = time.process_time()
    tried(path, text)
    return time.process_time() - start


def main() -> int:
    until, seed = time.monotonic() + float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    shipped, small, choice, count, failed = texts(), small_texts(), Random(seed), 0, 0
    baseline = max(seconds(path, text) for path, text in shipped.items())
    slowest = 0.0
    while time.monotonic() < until:
        path, text = changed(choice, shipped if count % LARGE == 0 else small)
        count += 1
        try:
            slowest = max(slowest, seconds(path, text))
        except Exception as error:
            failed += 1
            kept = Path(f"fuzz-{seed}-{count}.outcome")
            kept.write_text(text, "utf-8", newline="")
            print(f"{path} as {kept}: {type(error).__name__}: {error}", flush=True)
    print(f"{count:,} texts, {failed} failures; the slowest took {slowest / baseline:.1f} times the slowest sound one")
    return 1 if failed or slowest > SLOWEST * baseline else 0


if __name__ == "__main__":
    raise SystemExit(main())
