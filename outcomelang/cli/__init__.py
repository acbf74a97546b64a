"""The command line: one file a verb; the only floor that prints or reads argv.

Nothing is imported here that a verb can do without: `--help` loads neither the parser nor attrs.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from outcomelang.cli.screen import Screen

CLEAN, FINDINGS, USAGE, FAULT, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 130, 141


def entry() -> NoReturn:
    """The command as a process. It ends at once: taking a large log apart again is a quarter of its time."""
    code = main()
    if sys.getprofile() is not None or sys.gettrace() is not None:
        raise SystemExit(code)  # whoever measures the process wants to say something at its end
    sys.stderr.flush()
    os._exit(code)


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit code; no exception leaves."""
    screen = Screen(sys.stdout, sys.stderr)
    if argv is None:
        gc.disable()  # a command is short; collecting while hundreds of classes are made costs a tenth of it
    code = guarded(sys.argv[1:] if argv is None else argv, screen)
    try:
        sys.stdout.flush()
    except OSError as problem:  # the reader has gone, or the disk is full
        silence()
        return PIPE_CLOSED if isinstance(problem, BrokenPipeError) else presented(problem, screen)
    return code


def guarded(argv: list[str], screen: Screen) -> int:
    try:
        return dispatch(argv, screen)
    except KeyboardInterrupt:
        screen.message("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except Exception as problem:
        return presented(problem, screen)


def dispatch(argv: list[str], screen: Screen) -> int:
    from outcomelang.cli.verbs import run

    return run(argv, screen)


def presented(problem: Exception, screen: Screen) -> int:
    from outcomelang.cli.failures import present

    return present(problem, screen)


def silence() -> None:
    """Let the interpreter flush into nothing instead of complaining at exit."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
