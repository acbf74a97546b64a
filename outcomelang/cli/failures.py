"""What a person sees when a command cannot do its work, and the exit code that goes with it."""

from __future__ import annotations

import os
import traceback

from outcomelang.cli.arguments import UsageExit
from outcomelang.cli.findings import show
from outcomelang.cli.screen import Screen
from outcomelang.cli.verbs import version
from outcomelang.diagnostic import OutcomeError

USAGE, FAULT = 2, 3


def present(problem: Exception, screen: Screen) -> int:
    """Say what happened on standard error. A mistake in what we were given is 2; anything else is our fault: 3."""
    match problem:
        case UsageExit():
            screen.message(f"{problem.message}\nMore: {problem.more}")
            return USAGE
        case OutcomeError():
            screen.message(show(problem.diagnostics, problem.sources, "text", screen.style(screen.err)), safe=True)
            return USAGE
        case OSError():
            screen.message(unreadable(problem))
            return USAGE
        case _:
            screen.message(fault(problem))
            return FAULT


def unreadable(problem: OSError) -> str:
    reason = problem.strerror or str(problem) or type(problem).__name__
    return f"{problem.filename}: {reason}." if problem.filename else f"{reason}."


def fault(problem: Exception) -> str:
    """How to report it. The trace stays away unless OUTCOMELANG_DEBUG asks for it: it may quote a confidential log."""
    if os.environ.get("OUTCOMELANG_DEBUG"):
        return "".join(traceback.format_exception(problem))
    what = f"{type(problem).__name__}: {problem}"[:300]
    return (
        "This is a fault of outcomelang, not of your contract or log; nothing was written.\n"
        f"   {what}\n"
        "Please report it to whoever maintains your outcomelang, with these lines, the command, version\n"
        f"{version()} and, if you may share them, the files. OUTCOMELANG_DEBUG=1 shows where it happened."
    )
