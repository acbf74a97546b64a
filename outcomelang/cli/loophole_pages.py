"""The pages of the loopholes, made from the rules: `python -m outcomelang.cli.loophole_pages docs/loopholes`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from outcomelang.compiler import compile_text
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.loopholes.diagnosis import diagnostics
from outcomelang.loopholes.rule import Rule
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find
from outcomelang.report.escapes import markdown
from outcomelang.report.style import Style
from outcomelang.report.text import text
from outcomelang.resources import clean_text
from outcomelang.source import Source

CLEAN = "clean.outcome"
WIDTH = 120
_ON = date(2026, 1, 1)
_HEAD = """\
# Loopholes by name

`outcomelang check` looks for each of these in every contract; [The checker](../checker.md) says what a finding is and
what is not claimed. Every page shows a change to [one contract](../../outcomelang/loopholes/clean.outcome) in which
nothing is found, the finding that it brings, and a change that looks like it and brings none. Both are tested.

These pages are made from the rules: `python -m outcomelang.cli.loophole_pages docs/loopholes`.

| code | loophole | severity | found by | |
|---|---|---|---|---|
"""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    rows = "".join(
        f"| {rule.code} | [`{rule.name}`]({rule.name}.md) | {rule.severity} | {rule.means.value} "
        f"| {markdown(rule.summary)} |\n"
        for rule in RULES
    )
    return {"index.md": _HEAD + rows, **{f"{rule.name}.md": page(rule) for rule in RULES}}


def page(rule: Rule) -> str:
    return "\n".join(_lines(rule)).rstrip("\n") + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    yield from (f"# {rule.name}", "", f"{rule.code}, {rule.severity}, found by {rule.means.value}.", "")
    yield from (*_folded(rule.summary), "", *_folded(rule.rationale), "")
    yield from ("## Avoid", "", "```text", *_change(rule.bad), "```", "", "It is then said", "")
    yield from ("```text", *_said(rule).splitlines(), "```", "")
    if rule.also:
        others = ", ".join(f"[`{name}`]({name}.md)" for name in rule.also)
        yield from (*_folded(f"The same change brings {others}."), "")
    yield from ("## Prefer", "", "```text", *_change(rule.good), "```", "")
    yield from _list("What silences it", rule.guards)
    if not rule.diagnostics:
        yield from ("## How to accept it", "", "```text", f'accept {rule.name} because "REASON" until DATE', "```", "")
    yield from ("## What it cannot see", "", *_folded(rule.blind), "")
    yield from ("## Described in", "", *_folded(rule.source), "")


def _change(clauses: str) -> Iterator[str]:
    """As it is written; a line end means nothing in a clause, so a long one is broken."""
    for line in clauses.splitlines():
        lead = " " * (len(line) - len(line.lstrip()) + 2)
        yield from textwrap.wrap(line, WIDTH, subsequent_indent=lead, break_on_hyphens=False) or [""]


def _list(heading: str, items: tuple[str, ...]) -> Iterator[str]:
    if items:
        yield from (f"## {heading}", "")
        for item in items:
            yield from textwrap.wrap(f"* {markdown(item)}", WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        yield ""


def _folded(words: str) -> list[str]:
    shown = words if "](" in words else markdown(words)
    return textwrap.wrap(shown, WIDTH, break_long_words=False, break_on_hyphens=False)


def _said(rule: Rule) -> str:
    """The finding of the change as `check` prints it, without the line that points to `explain`."""
    clean = clean_text()
    own = f'contract "Steady Work, changed" based on "{CLEAN}"\n{rule.bad}\n'
    sources = {"contract.outcome": Source("contract.outcome", own), CLEAN: Source(CLEAN, clean)}
    found = next(each for each in _found(rule, own, clean))
    shown = text(found, sources, Style(100)).rstrip("\n")
    return shown.rpartition("\n\nMore: ")[0]


def _found(rule: Rule, own: str, clean: str) -> Iterator[Diagnostic]:
    def read(path: str) -> str:
        if path != CLEAN:
            raise FileNotFoundError(2, "there is no other file", path)
        return clean

    try:
        core = compile_text(own, "contract.outcome", read).core
    except ContractError as error:
        yield from (each for each in error.diagnostics if each.code in rule.diagnostics)
        return
    yield from (each for each in diagnostics(core, find(core, (rule,), _ON)) if each.code == rule.code)


def write(folder: Path) -> None:
    """Write every page below `folder`; pages of rules that are gone are taken away."""
    made = pages()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, page_text in made.items():
        (folder / name).write_text(page_text, encoding="utf-8")


if __name__ == "__main__":
    import sys

    write(Path(sys.argv[1]))
