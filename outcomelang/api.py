"""The library: what `outcomelang` exports. Frozen values in, frozen values out; nothing is printed, nothing is kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from outcomelang.core import ir
from outcomelang.diagnostic import ContractError, Diagnostic
from outcomelang.evaluation.ledger import Ledger

if TYPE_CHECKING:
    from outcomelang.evaluation.examples import ExampleResult

FilePath = str | os.PathLike[str]


@frozen
class Contract:
    """A compiled contract. `notes` are findings that did not stop it from compiling; they take no part in equality."""

    core: ir.Contract
    notes: tuple[Diagnostic, ...] = field(default=(), eq=False, repr=False)

    @property
    def title(self) -> str:
        return self.core.title

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the contract means, in hexadecimal; printed on every statement."""
        from outcomelang.core.artefact import digest

        return digest(self.core)

    def to_json(self) -> str:
        """The portable artefact; `outcomelang/schema/artefact.schema.json` describes it."""
        from outcomelang.core.artefact import to_json

        return to_json(self.core)

    @classmethod
    def from_json(cls, text: str) -> Contract:
        """The contract that `to_json` wrote, evaluating the same. `UsageError` for anything else."""
        from outcomelang.core.artefact import from_json

        return cls(from_json(text))

    def run_examples(self) -> tuple[ExampleResult, ...]:
        """The contract's own `example` blocks, each with its differences from what it expects."""
        from outcomelang.evaluation.examples import run_examples

        return run_examples(self.core)


def compile_contract(contract: FilePath) -> Contract:
    """Compile a contract: the file at a path, or the text itself if it has more than one line.

    Raises `ContractError` with every mistake of the file, `UsageError` or `OSError` where it cannot be read.
    """
    from outcomelang.compiler import compile_path, compile_text

    if isinstance(contract, str) and "\n" in contract:
        compiled = compile_text(contract)
    else:
        compiled = compile_path(os.fspath(contract))
    return Contract(compiled.core, compiled.notes)


def check(contract: Contract | FilePath) -> tuple[Diagnostic, ...]:
    """All findings about a contract: compiled, or a path or text as for `compile_contract`. Empty when it is clean."""
    try:
        return (contract if isinstance(contract, Contract) else compile_contract(contract)).notes
    except ContractError as error:
        return error.diagnostics


def evaluate(contract: Contract, events: FilePath | Sequence[FilePath], as_of: date | None = None) -> Ledger:
    """What is payable on an event log: one CSV file, a directory of them, or several that make one log.

    `as_of` is the day of the account; without it the account is final. Amounts are in minor units.
    Raises `LogError` with the first mistake of each kind; nothing is evaluated then.
    """
    from outcomelang.evaluation.log import read_log
    from outcomelang.evaluation.reference import evaluate as evaluated

    paths = [events] if isinstance(events, str | os.PathLike) else list(events)
    log = read_log(contract.core, [Path(path) for path in paths])
    return evaluated(contract.core, log, as_of, contract.digest)
