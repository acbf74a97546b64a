"""A golden page: why, then what is written and what happened, then what comes of it.

Below one short paragraph stand fenced blocks. Given:

    outcome                  a whole contract; `outcome base=jobs` stands below the text of bases/jobs.outcome
    review                   the review beside it
    events                   a log as CSV; `events missing`: no file at all; `events table`: rows in memory, as JSON
    as-of                    the day of the account; without it the account is final
    earlier                  `earlier 2025-08-31`: the log, as CSV, of an earlier account of that day
    earlier-ledger           an earlier account as it was kept; `THIS` stands for the digest of the page's contract

`escaped` after `outcome` or `events`: `\\xE9` stands for that byte and `«TEXT × 300»` for so many of TEXT.
Expected (a page has at least one of these):

    diagnostics              what is said about the contract, or about the log: `line:column name: message`
    findings                 the same as a person reads it, with the excerpt, the example and the ways out
    ledger                   entries, lines and total, then what is open and what is reported of the log
    core                     parts of the contract as meant: `core Settled at 3 months; stages`
    examples                 each example of the contract, as it comes out
    adjustments              what the account adjusts of the earlier one, and why
    status                   what is due by then and later, what may still come, what limits leave
    formatted                the contract as `fmt` sets it
    acceptances              `acceptances 2026-01-01`: what is said of the contract's acceptances on that day
    assumptions              how each assumption stands over the log, which is the whole history unless there is a day
    formula                  what each payment comes to as algebra: all, or `formula Start Fee; Home Fee`
    prose                    clauses in plain English, by their headings: `prose Settled; Rounding each amount`

Lines of diagnostics count from the first line of the page's own block.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve, field, frozen

from outcomelang.compiler import Compiled, compile_text
from outcomelang.core import ir
from outcomelang.core.artefact import digest
from outcomelang.diagnostic import ContractError, Diagnostic, LogError, UsageError
from outcomelang.evaluation.adjustments import evaluate_since
from outcomelang.evaluation.assumptions import Judged, assumptions
from outcomelang.evaluation.earlier_ledger import read_ledger
from outcomelang.evaluation.examples import run_examples
from outcomelang.evaluation.ledger import Ledger, Status
from outcomelang.evaluation.log import read_log, rows_from_table, validate
from outcomelang.evaluation.reference import evaluate
from outcomelang.evaluation.status import status
from outcomelang.loopholes.acceptances import of_acceptances
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find
from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.from_text import parse
from outcomelang.surface.to_text import formatted

from . import renderings

HERE = Path(__file__).parent
FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GIVEN = ("outcome", "review", "events", "as-of", "earlier", "earlier-ledger")
EXPECTED = (
    *("diagnostics", "findings", "ledger", "core", "examples", "adjustments", "status", "formatted", "prose"),
    *("assumptions", "acceptances", "formula"),
)
CONTRACT = "contract.outcome"


@frozen
class Block:
    """`name` and `words` after the fence, the text inside it, and where that text stands in the page."""

    name: str
    words: str
    text: str
    start: int
    end: int


class PageError(Exception):
    """The page is not written as pages are."""


@frozen(slots=False)
class Page:
    path: Path
    written: str = field(repr=False)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(
            Block(*found[1].strip().partition(" ")[::2], found[2], *found.span(2))
            for found in FENCE.finditer(self.written)
        )

    def check(self) -> None:
        """PageError where the page says too little, or something that nobody would look at."""
        names = [block.name for block in self.blocks]
        if unknown := sorted(set(names) - {*GIVEN, *EXPECTED}):
            raise PageError(f"nobody knows what a block “{unknown[0]}” is")
        if not set(names) & set(EXPECTED):
            raise PageError("it expects nothing: write diagnostics, ledger, core, examples or prose")
        if twice := [name for name in names if names.count(name) > 1 and name != "core"]:
            raise PageError(f"it has two blocks “{twice[0]}”")
        if names[:1] != ["outcome"]:
            raise PageError("it begins with a block “outcome”, after the reason")
        if not self.written[: self.written.index("```")].strip():
            raise PageError("it does not say why")

    def given(self, name: str) -> Block | None:
        return next((block for block in self.blocks if block.name == name), None)

    # ------------------------------------------------------------ the contract

    @cached_property
    def base(self) -> str:
        name = re.search(r"\bbase=(\S+)", self._contract.words)
        return (HERE / "bases" / f"{name[1]}.outcome").read_text("utf-8") if name else ""

    @property
    def _contract(self) -> Block:
        block = self.given("outcome")
        assert block is not None
        return block

    @cached_property
    def text(self) -> str:
        return self.base + plain_bytes(self._contract).decode()

    @cached_property
    def surface(self) -> ast.File:
        return parse(Source(CONTRACT, self.text))[0]

    @cached_property
    def compiled(self) -> Compiled | ContractError:
        try:
            review = self.given("review")
            return compile_text(self.text, CONTRACT, self.load, review.text if review else None, doubts=True)
        except ContractError as error:
            return error

    def load(self, path: str) -> str:
        """The base that a variant names: the page itself, or a file of bases/."""
        return self.text if path == CONTRACT else (HERE / "bases" / path).read_text("utf-8")

    def core(self) -> ir.Contract:
        if isinstance(self.compiled, ContractError):
            raise PageError("the contract does not compile:\n" + self._said(self.compiled.diagnostics))
        if self.compiled.notes:
            raise PageError("the contract has findings:\n" + self._said(self.compiled.notes))
        return self.compiled.core

    # ------------------------------------------------------------ the log

    @property
    def as_of(self) -> date | None:
        day = self.given("as-of")
        return date.fromisoformat(day.text.strip()) if day else None

    def adjusted(self) -> Ledger:
        """The account since the earlier one."""
        earlier, contract = self.given("earlier"), self.core()
        if earlier is None:
            raise PageError("adjustments are made to an account: write a block “earlier 2025-08-31”")
        with TemporaryDirectory() as folder:
            path = Path(folder) / "earlier.csv"
            path.write_bytes(plain_bytes(earlier))
            first = evaluate(contract, read_log(contract, [path]), date.fromisoformat(earlier.words))
            log = read_log(contract, [self._log(Path(folder))])
            return evaluate_since(contract, log, self.as_of, "", first)

    def acceptances(self, on: date) -> tuple[Diagnostic, ...]:
        """What is said of acceptances: other findings have pages and tests of their own."""
        report = find(self.core(), RULES, on)
        return tuple(of_acceptances(report, [rule.name for rule in RULES]))

    def status(self) -> Status:
        with TemporaryDirectory() as folder:
            return status(self.core(), read_log(self.core(), [self._log(Path(folder))]), self.as_of)

    def ledger(self) -> Ledger:
        contract, as_of = self.core(), self.as_of
        block = self.given("events")
        if block and block.words == "table":
            return evaluate(contract, rows_from_table(contract, json.loads(block.text)), as_of)
        with TemporaryDirectory() as folder:
            return evaluate(contract, read_log(contract, [self._log(Path(folder))]), as_of)

    def assumptions(self) -> tuple[Judged, ...]:
        with TemporaryDirectory() as folder:
            log = read_log(self.core(), [self._log(Path(folder))])
            return assumptions(self.core(), log, self.as_of, complete=self.as_of is None)

    def _log(self, folder: Path) -> Path:
        block, path = self.given("events"), folder / "events.csv"
        if block is None:
            path.write_text("id,participant,event,date,source\n")
        elif block.words != "missing":
            path.write_bytes(plain_bytes(block))
        return path

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is said about the log, where there is one; else about the contract."""
        block = self.given("events")
        if self.given("earlier-ledger") is not None:
            return self._refused_ledger()
        if block is None:
            return self.compiled.diagnostics if isinstance(self.compiled, ContractError) else self.compiled.notes
        if block.words == "table":
            try:
                self.ledger()
            except LogError as error:
                return error.diagnostics
            return ()
        with TemporaryDirectory() as folder:
            return validate(self.core(), [self._log(Path(folder))])

    def _refused_ledger(self) -> tuple[Diagnostic, ...]:
        """What is said about an earlier account that is no base for this one."""
        contract, block = self.core(), self.given("earlier-ledger")
        assert block is not None
        this, name = digest(contract), "earlier.json"
        kept = block.text.replace("THIS", this).encode()
        try:
            earlier = read_ledger(kept, name, contract.currency, contract.minor_digits)
            with TemporaryDirectory() as folder:
                log = read_log(contract, [self._log(Path(folder))])
                evaluate_since(contract, log, self.as_of, this, earlier, name)
        except UsageError as error:
            return tuple(evolve(each, message=each.message.replace(this[:16], "THIS")) for each in error.diagnostics)
        return ()

    # ------------------------------------------------------------ what comes of it

    def result(self, block: Block) -> str:
        """What an expected block should hold."""
        match block.name:
            case "diagnostics":
                return self._said(self.diagnostics())
            case "findings":
                return renderings.findings(self.diagnostics(), Source(CONTRACT, self.text))
            case "ledger":
                return renderings.ledger(self.ledger())
            case "core":
                return renderings.core(self.core(), block.words)
            case "formatted":
                return formatted(Source(CONTRACT, self.text))[0] or "It cannot be read.\n"
            case "adjustments":
                return renderings.adjustments(self.adjusted())
            case "status":
                return renderings.status(self.status())
            case "assumptions":
                return renderings.assumptions(self.assumptions())
            case "acceptances":
                return self._said(self.acceptances(date.fromisoformat(block.words)))
            case "prose":
                return renderings.prose(self.core(), block.words)
            case "formula":
                return renderings.formula(self.core(), block.words)
            case _:
                return renderings.examples(run_examples(self.core()))

    def _said(self, diagnostics: tuple[Diagnostic, ...]) -> str:
        return renderings.diagnostics(diagnostics, CONTRACT, self.base.count("\n"))

    def rewritten(self) -> str:
        """The page with every expected block as it comes out now."""
        text = self.written
        for block in reversed(self.blocks):
            if block.name in EXPECTED:
                text = text[: block.start] + self.result(block) + text[block.end :]
        return text


def plain_bytes(block: Block) -> bytes:
    """The text of a block; of an escaped one the bytes that it stands for."""
    if "escaped" not in block.words:
        return block.text.encode()
    text = re.sub(r"«(.*?) × (\d+)»", lambda found: found[1] * int(found[2]), block.text, flags=re.DOTALL)
    parts = re.split(r"\\x([0-9A-F]{2})", text)
    return b"".join(bytes.fromhex(part) if n % 2 else part.encode() for n, part in enumerate(parts))


def pages() -> list[Path]:
    return sorted(path for path in HERE.glob("*/*/*.md"))


@cache
def read(path: Path) -> Page:
    """The page as it stands; what it compiles to is kept, for every test that asks for it."""
    return Page(path, path.read_text("utf-8"))
