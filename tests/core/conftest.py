"""Small contracts for the tests of elaboration: a few clauses on the ground of the catalogue of mistakes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outcomelang.compiler import compile_text
from outcomelang.core import ir
from outcomelang.core.diagnostics import GROUND
from outcomelang.core.invariants import broken
from outcomelang.diagnostic import ContractError, Diagnostic

Compile = Callable[[str], ir.Contract]
Findings = Callable[[str], tuple[Diagnostic, ...]]


@pytest.fixture
def compiled() -> Compile:
    """The core of a whole contract, its invariants checked."""

    def compile_whole(text: str) -> ir.Contract:
        core = compile_text(text).core
        assert broken(core) == ()
        return core

    return compile_whole


@pytest.fixture
def on_ground(compiled: Compile) -> Compile:
    """The core of some clauses after those of the catalogue's ground."""
    return lambda clauses: compiled(GROUND + clauses + "\n")


@pytest.fixture
def findings() -> Findings:
    """What is wrong with some clauses after those of the catalogue's ground."""

    def found(clauses: str) -> tuple[Diagnostic, ...]:
        try:
            return compile_text(GROUND + clauses + "\n").notes
        except ContractError as error:
            return error.diagnostics

    return found
