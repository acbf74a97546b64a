"""From a path on the command line to a compiled contract."""

from __future__ import annotations

from pathlib import Path

from outcomelang.core import ir


def load(path: str) -> ir.Contract:
    """The contract in an `.outcome` file, compiled, or in a compiled `.json` file, read back."""
    if path.endswith(".json"):
        from outcomelang.core.artefact import from_json
        from outcomelang.diagnostic import Diagnostic, UsageError, refuse

        try:
            return from_json(Path(path).read_text("utf-8"))
        except UnicodeDecodeError:
            refuse(UsageError, Diagnostic("OL902", "unreadable-artefact", f"{path} is not UTF-8 text."))
    from outcomelang.compiler import compile_path

    return compile_path(path).core
