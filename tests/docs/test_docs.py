"""Everything that the docs and the README show is tried, in the order of the page and in one folder.

The first word after the fence says what a block is, the rest what to do with it:

    outcome                       a whole contract: compiles without findings, its examples pass
    outcome file=NAME             the same, and from here on it stands in the folder under that name
    outcome add=NAME              clauses to write below the contract NAME; the whole is then as above
    outcome clauses               clauses that belong to the contract base.outcome, in place of its own of the same name
    outcome refused NAME          the same, but `check` must give exactly this finding
    csv, text file=NAME           a log, or a text that need not be sound: put into the folder
    console                       commands after `$ ` and what they print; `…` stands for anything
    python                        run, with what earlier blocks of the page defined
    output                        what the python block before it printed
    text, sh, math                shown only
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import Factory, define, frozen

from outcomelang import ContractError, OutcomeError, compile_contract
from outcomelang.cli.days import day
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse
from outcomelang.surface.tables import tables
from outcomelang.surface.templates import TEMPLATES

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
REFUSALS = re.compile(r"""\brefuse\(\s*"([^"]+)",""")
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TERMINAL = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "100"}
WIDEST = 120
UNBROKEN = ("| OC", "| $`", "\\", "&")
"""A row of the table of loopholes: Markdown cannot break one."""
ONCE = (ast.Header, ast.Purpose, ast.Currency, ast.ContractTerm, ast.Claims, ast.Value, ast.Rounding)


@frozen
class Block:
    """A fenced block: `words` after the fence, its first line in the page, its text."""

    words: tuple[str, ...]
    line: int
    text: str


def blocks(page: str) -> Iterator[Block]:
    for found in FENCE.finditer(page):
        yield Block(tuple(found[1].split()), page.count("\n", 0, found.start()) + 1, found[2])


@define
class Reader:
    """Somebody who works through a page in a folder."""

    folder: Path
    names: dict[str, object] = Factory(dict)
    printed: str = ""
    code: int = 0

    def prepare(self) -> None:
        """Lay out what the language reference and the tour put into their folders, and the checkout's contracts."""
        (self.folder / "contracts").symlink_to(ROOT / "contracts", target_is_directory=True)
        for page in ("language.md", "tour.md"):
            for block in blocks((ROOT / "docs" / page).read_text("utf-8")):
                verb, _, name = (*block.words, "", "")[1].partition("=")
                if name:
                    with (self.folder / name).open("a" if verb == "add" else "w", encoding="utf-8") as file:
                        file.write(block.text)

    def read(self, block: Block) -> None:
        """Do what the block says; AssertionError says what is not as the page promises."""
        match block.words:
            case ("outcome",):
                sound(block.text)
            case ("outcome", "clauses"):
                sound(self.in_base(block.text))
            case ("outcome", "refused", name):
                refused(self.in_base(block.text), name)
            case ("outcome", place) if place.startswith(("file=", "add=")):
                verb, _, name = place.partition("=")
                before = (self.folder / name).read_text("utf-8") + "\n" if verb == "add" else ""
                (self.folder / name).write_text(before + block.text, "utf-8")
                sound(str(self.folder / name))
            case ("csv" | "text", place) if place.startswith("file="):
                (self.folder / place.removeprefix("file=")).write_text(block.text, "utf-8")
            case ("console",):
                self.type_in(block.text)
            case ("python",):
                with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.chdir(self.folder):
                    exec(compile(block.text, "the page", "exec"), self.names)
                self.printed = out.getvalue()
            case ("output",):
                alike(block.text, self.printed)
            case ("text",) | ("sh",) | ("math",):
                pass
            case _:
                raise AssertionError(f"nobody knows what a block “{' '.join(block.words)}” is")

    def in_base(self, clauses: str) -> str:
        return merged((self.folder / "base.outcome").read_text("utf-8"), clauses)

    def type_in(self, text: str) -> None:
        """Each command and what follows it, up to the next one."""
        for turn in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
            command, _, expected = turn.removeprefix("$ ").partition("\n")
            if command == "echo $?":
                alike(expected, f"{self.code}\n")
                continue
            program, *words = shlex.split(command)
            assert program == "outcomelang", f"{program} is not run here"
            done = subprocess.run(
                [sys.executable, "-m", "outcomelang", *words],
                cwd=self.folder,
                env=os.environ | TERMINAL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            self.code = done.returncode
            alike(expected, done.stdout)


def sound(contract: str) -> None:
    """A contract (its path or its text) without findings, whose examples pass."""
    try:
        compiled = compile_contract(contract)
    except ContractError as error:
        raise AssertionError(f"it does not compile:\n{error}") from None
    assert compiled.notes == (), f"it has findings: {compiled.notes}"
    for result in compiled.run_examples():
        assert result.passed, f"the example “{result.title}” differs: {result.differences}"


def refused(contract: str, name: str) -> None:
    try:
        compile_contract(contract)
    except ContractError as error:
        assert {d.name for d in error.diagnostics} == {name}, f"the findings are\n{error}"
    else:
        raise AssertionError(f"it is not refused as {name}")


def alike(expected: str, got: str) -> None:
    """Whether a text is as shown; `…` stands for anything."""
    wanted, seen = (re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") for text in (expected, got))
    pattern = ".*?".join(re.escape(part) for part in wanted.split("…"))
    assert re.fullmatch(pattern, seen, re.DOTALL), f"it prints\n{seen}"


# ---------------------------------------------------------------- clauses that belong to a contract


def merged(base: str, clauses: str) -> str:
    """The base contract with these clauses, which replace those of the same name (or that may stand only once)."""
    own = {key for clause in parsed(clauses) if (key := key_of(clause))}
    dropped = [clause for clause in parsed(base) if key_of(clause) in own]
    lines = base.splitlines()
    for clause in dropped:
        for number in range(clause.span.line - 1, clause.span.end_line):
            lines[number] = ""
    return "\n".join([*lines, clauses])


def parsed(text: str) -> tuple[ast.Clause, ...]:
    return parse(Source("page", text))[0].clauses


def key_of(clause: ast.Clause) -> object:
    if isinstance(clause, ONCE):
        return type(clause)
    name = getattr(clause, "name", None)
    return name.text if isinstance(name, ast.Name | ast.Term) else None


# ---------------------------------------------------------------- every page


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_a_page_shows_is_so(page: Path, tmp_path: Path) -> None:
    reader, wrong = Reader(tmp_path), []
    reader.prepare()
    for block in blocks(page.read_text("utf-8")):
        try:
            reader.read(block)
        except (AssertionError, OutcomeError) as problem:
            wrong.append(f"{named(page)}:{block.line}: {problem}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_line_of_a_page_is_wider_than_code(page: Path) -> None:
    lines = enumerate(page.read_text("utf-8").splitlines(), 1)
    wide = [number for number, line in lines if len(line) > WIDEST and not line.startswith(UNBROKEN)]
    assert [f"{named(page)}:{number}" for number in wide] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, place = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (place and place not in places(file)):
            lost.append(target)
    assert lost == []


def places(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    titles = HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


# ---------------------------------------------------------------- the language reference leaves nothing out


@pytest.fixture(scope="module")
def reference() -> str:
    return (ROOT / "docs" / "language.md").read_text("utf-8")


@pytest.fixture(scope="module")
def base(reference: str) -> str:
    """The contract behind the short examples."""
    return next(block.text for block in blocks(reference) if block.words == ("outcome", "file=base.outcome"))


def test_every_kind_of_clause_is_shown(reference: str) -> None:
    shown = "\n".join(block.text for block in blocks(reference))
    words = {kind: tables().spellings["_JOINS" if kind == "_JOINS_AS" else kind] for kind in TEMPLATES}
    missing = [kind for kind, some in words.items() if not re.search(rf"^(?:{'|'.join(some)})\b", shown, re.MULTILINE)]
    assert missing == []


PLACEHOLDERS = {
    "DATE": "1 May 2025",
    "DAY": "1 May 2025",
    "AMOUNT": "£100",
    "VALUE": "12",
    "CONDITION": "Review occurs",
    "CLAUSE": 'purpose "Better lives"',
    "NAME-OF-THE-FINDING": "uncapped-liability",
}
"""What stands for a word in capitals of a template; any other is a name as it is."""


def test_templates_are_written_as_the_language_reads_them(reference: str) -> None:
    wrong = []
    for block in blocks(reference):
        filled = re.sub(r"[A-Z-]{3,}", lambda word: PLACEHOLDERS.get(word[0], word[0]), block.text)
        file, said = parse(Source("template", filled))
        if block.words == ("text",) and file.clauses:
            wrong += [f"language.md:{block.line}: {found.message}" for found in said]
    assert wrong == []


def test_what_is_not_carried_is_what_the_compiler_refuses(reference: str) -> None:
    section = reference.partition("\n## What is not carried yet")[2].partition("\n## ")[0]
    listed = set(re.findall(r"^\*\*(.+?)\*\*", section, re.MULTILINE))
    sources = [path.read_text("utf-8") for path in (ROOT / "outcomelang").rglob("*.py")]
    assert {name[0].upper() + name[1:] for source in sources for name in REFUSALS.findall(source)} == listed


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, head and rule left out."""
    below = page.partition(f"\n## {heading}\n")[2].partition("\n|")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in below.splitlines()[2:]]


def test_windows_cover_the_days_that_the_table_says(reference: str, base: str) -> None:
    """Each row is tried on its first and last day, and on the days beside them."""
    for words, *spans in table(reference, "Days and windows"):
        for start, span in zip((date(2026, 3, 10), date(2025, 8, 31)), spans, strict=True):
            first, last = map(day, span.split(" – "))
            wording = words.strip("`").replace(" D", f" {start}")
            tried = [(first - DAY, "nothing"), (first, "£1"), (last, "£1"), (last + DAY, "nothing")]
            examples = [
                f'example "{wording} on {when}"\n  given Client "A"\n    1 May 2025 Referral\n    {when} Session\n'
                f"  expect Probe Fee {amount} total {amount}"
                for when, amount in tried
            ]
            sound(merged(base, "\n".join([PROBE.format(wording), *examples])))


DAY = timedelta(days=1)
PROBE = """\
outcome Probe of a Client, when Session occurs {}, once
payment Probe Fee: the Council pays the Charity £1 for each Probe
"""
