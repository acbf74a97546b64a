"""The folders of tests as packages, as the test run has them: for long runs, which are started as programs.

`import packaged` comes first in such a program; then it imports from `tests.relational` like any test.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent


def _packages() -> None:
    for name, path in (("tests", HERE.parent), ("tests.relational", HERE), ("tests.golden", HERE.parent / "golden")):
        module = ModuleType(name)
        module.__path__ = [str(path)]
        sys.modules[name] = module


_packages()
