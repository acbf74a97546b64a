"""The library: what `outcomelang` exports. Frozen values in, frozen values out; nothing is printed, nothing is kept."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.evaluation.ledger import Ledger, Status

if TYPE_CHECKING:
    from outcomelang.evaluation.event_log import EventLog
    from outcomelang.evaluation.examples import ExampleResult
    from outcomelang.exposure.analysis import Exposure
    from outcomelang.formula.symbolic import SymbolicFormulas
    from outcomelang.loopholes.search import Report

FilePath = str | os.PathLike[str]
Events = FilePath | Sequence[FilePath] | Sequence[Mapping[str, object]] | Mapping[str, Sequence[object]] | object
"""Paths, rows, columns, or any dataframe."""


@frozen
class Contract:
    """A compiled contract. `notes` are findings that did not stop it from compiling; they take no part in equality."""

    core: ir.Contract
    notes: tuple[Diagnostic, ...] = field(default=(), eq=False, repr=False)
    is_library: bool = field(default=False, eq=False, repr=False)

    @property
    def title(self) -> str:
        return self.core.title

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the contract means, in hexadecimal; printed on every statement."""
        from outcomelang.core.artefact import digest

        return digest(self.core)

    def to_json(self, review: bool = False) -> str:
        """The portable artefact; `outcomelang/schema/artefact.schema.json` describes it.

        What stands in the review beside the contract is left out, as it is no part of the agreement and often
        confidential; with `review` it is carried along.
        """
        from outcomelang.core.artefact import to_json

        return to_json(self.core, review)

    @classmethod
    def from_json(cls, text: str) -> Contract:
        """The contract that `to_json` wrote, evaluating the same. `UsageError` for anything else."""
        from outcomelang.core.artefact import from_json

        return cls(from_json(text))

    def english(self, name: str) -> str:
        """What the contract says of a name, in plain English: its clauses of the reading. Empty where it has none."""
        from outcomelang.prose.hover import clauses_of
        from outcomelang.prose.layout import clause_text

        return "\n".join(clause_text(clause) for clause in clauses_of(self.core, name))

    def english_at(self, line: int, path: FilePath | None = None) -> str:
        """What was written on a line, in plain English; of another file than the contract's own where one is named."""
        from outcomelang.prose.hover import clauses_at
        from outcomelang.prose.layout import clause_text

        file = self.core.origin.path if path is None else os.fspath(path)
        return "\n".join(clause_text(clause) for clause in clauses_at(self.core, file, line))

    def run_examples(self) -> tuple[ExampleResult, ...]:
        """The contract's own `example` blocks, each with its differences from what it expects."""
        from outcomelang.evaluation.examples import run_examples

        return run_examples(self.core)

    def exposure(self) -> Exposure:
        """What the contract can cost, told from it alone: the greatest and the least that can be due, and their parts.

        Amounts are in minor units, as `Fraction`; None: nothing bounds it.
        """
        from outcomelang.exposure.analysis import exposure

        return exposure(self.core)

    def formula(self, kept: Sequence[str] = ()) -> SymbolicFormulas:
        """What each payment comes to, as SymPy expressions over named counts, amounts and rates, in the major unit.

        Ready for `diff`, `lambdify` and `latex`. What has no closed form is named in `plain.without`. Needs SymPy: the
        extra `formula`. Definitions and tables that are `kept` stay symbols of their own.
        """
        from outcomelang.formula.deriving import formulas
        from outcomelang.formula.loading import symbolic

        return symbolic(formulas(self.core, kept))


def compile_contract(contract: FilePath, review: str | None = None) -> Contract:
    """Compile a contract: the file at a path, or the text itself if it has more than one line.

    `review` is the text of its review; without it, a contract from a file has the review that stands beside it.
    Raises `ContractError` with every mistake of these texts, `UsageError` or `OSError` where they cannot be read.
    """
    return _compiled(contract, review, doubts=False)


def _compiled(contract: FilePath, review: str | None, doubts: bool) -> Contract:
    from outcomelang.compiler import compile_path, compile_text

    if isinstance(contract, str) and "\n" in contract:
        compiled = compile_text(contract, review=review, doubts=doubts)
    else:
        compiled = compile_path(os.fspath(contract), review, doubts)
    return Contract(compiled.core, compiled.notes, compiled.is_library)


def check(contract: Contract | FilePath, on: date | None = None) -> tuple[Diagnostic, ...]:
    """All findings about a contract: compiled, or a path or text as for `compile_contract`. Empty when it is clean.

    Mistakes of form; in a contract without one the loopholes, the costliest first, those that the parties accept as
    notes; then acceptances that meet nothing. `on` is the day by which acceptances are judged (today).
    """
    try:
        compiled = contract if isinstance(contract, Contract) else _compiled(contract, None, doubts=True)
    except ContractError as error:
        return error.diagnostics
    if compiled.is_library:
        return compiled.notes
    from outcomelang.loopholes.diagnosis import diagnostics

    return (*compiled.notes, *diagnostics(compiled.core, find_loopholes(compiled, on)))


def find_loopholes(contract: Contract, on: date | None = None) -> Report:
    """Every loophole with its verdict and its history, what speaks for the contract, and what was not decided.

    `on` is the day by which acceptances are judged (today).
    """
    from outcomelang.loopholes.rules import RULES
    from outcomelang.loopholes.search import find

    return find(contract.core, RULES, on or date.today())  # noqa: DTZ011  an acceptance ends on a civil date here


def evaluate(
    contract: Contract,
    events: Events,
    as_of: date | None = None,
    since: Ledger | FilePath | None = None,
    engine: str = "reference",
    memory_limit: str | None = None,
    threads: int | None = None,
) -> Ledger:
    """What is payable on an event log.

    `events` is a file (CSV, Parquet, .xlsx), a directory of them, or several that make one log; rows as mappings, or
    columns by name; or a dataframe (pandas, Polars, PyArrow …; needs the extra `dataframes`). Cells in memory are text,
    int, Decimal, date, bool or None; a binary float is refused. `as_of` is the day of the account; without it the
    account is final. `since` is an earlier ledger, or the path of its JSON: `accounts` of the new one then ends with
    the adjustments to it. Amounts are in minor units. Raises `LogError` with the first mistake of each kind,
    `UsageError` for what is no log and for an earlier ledger that is no base for this account.

    `engine` is `reference`, `duckdb`, `spark`, or `auto`: by the size of the files. The ledger is the same; what an
    engine cannot do exactly, what is in memory, and an account since an earlier one are done by the reference. Entries
    stand in the engine, which ends with the ledger.
    """
    if since is not None:
        return _since(contract, events, as_of, since)
    paths = _paths(events)
    if engine != "reference" and paths is not None:
        return _on_engine(contract, paths, as_of, engine, memory_limit, threads)
    from outcomelang.evaluation.reference import evaluate as evaluated

    return evaluated(contract.core, _log(contract.core, events), as_of, contract.digest)


def _since(contract: Contract, events: Events, as_of: date | None, since: Ledger | FilePath) -> Ledger:
    from outcomelang.evaluation.adjustments import evaluate_since

    earlier, name = _earlier(contract.core, since)
    return evaluate_since(contract.core, _log(contract.core, events), as_of, contract.digest, earlier, name)


def _on_engine(
    contract: Contract,
    paths: list[Path],
    as_of: date | None,
    engine: str,
    memory_limit: str | None,
    threads: int | None,
) -> Ledger:
    from weakref import finalize

    from outcomelang.relational.accounts import Asked, Resources, account
    from outcomelang.relational.choosing import choose

    asked = Asked(contract.core, paths, choose(engine, paths), Resources(memory_limit, threads))
    made = account(asked, as_of, contract.digest)
    finalize(made.ledger, made.close)
    return made.ledger


def status(contract: Contract, events: Events, as_of: date | None = None) -> Status:
    """Where the contract stands on a day: due by then and later, what may still come, what is left of each limit.

    Arguments and errors are those of `evaluate`. Amounts are in minor units, as `Fraction`.
    """
    from outcomelang.evaluation.status import status as stands

    return stands(contract.core, _log(contract.core, events), as_of, contract.digest)


def _earlier(contract: ir.Contract, since: Ledger | FilePath) -> tuple[Ledger, str]:
    """An earlier ledger and what messages call it."""
    if isinstance(since, Ledger):
        return since, "The earlier ledger"
    from outcomelang.evaluation.earlier_ledger import read_ledger

    name = os.fspath(since)
    return read_ledger(Path(name).read_bytes(), name, contract.currency, contract.minor_digits), name


def _log(contract: ir.Contract, events: Events) -> EventLog:
    from outcomelang.evaluation.log import read_log, rows_from_table

    paths = _paths(events)
    if paths is not None:
        return read_log(contract, paths)
    if isinstance(events, Mapping):
        return rows_from_table(contract, events)
    if isinstance(events, Sequence):
        rows = [one for one in events if isinstance(one, Mapping)]
        if len(rows) == len(events):
            return rows_from_table(contract, rows)
    from outcomelang.evaluation.log.frames import columns

    return rows_from_table(contract, columns(events), "dataframe")


def _paths(events: Events) -> list[Path] | None:
    """The files that are meant, where events are files."""
    if isinstance(events, str | os.PathLike):
        return [Path(events)]
    if not isinstance(events, Sequence):
        return None
    paths = [Path(one) for one in events if isinstance(one, str | os.PathLike)]
    return paths if len(paths) == len(events) else None
