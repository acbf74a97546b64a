"""Set contracts the one way: lines, columns, commas, the spelling of words, days and amounts. Words, names, comments
and the order of clauses stay the author's, and the meaning too: the result is read again before anything is written.
Files are rewritten in place, whole or not at all, and only where something changes. A directory stands for all
*.outcome and *.review files in it, - for standard input. What cannot be read is left as it is: exit code 2.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

from outcomelang.cli.arguments import Parser
from outcomelang.cli.screen import Screen

STANDARD_INPUT = "-"


def arguments(parser: Parser) -> None:
    parser.add_argument("paths", metavar="FILE", nargs="+", help="contracts, or directories of them; - reads one")
    parser.add_argument("--check", action="store_true", help="change nothing: name the files that would change, exit 1")
    parser.add_argument("--diff", action="store_true", help="change nothing: show what would change")


def run(options: Namespace, screen: Screen) -> int:
    """Every file by itself: one that cannot be read does not keep the others from being set."""
    from outcomelang.cli.failures import present
    from outcomelang.cli.paths import files
    from outcomelang.diagnostic import OutcomeError

    refused = changed = 0
    for path in dict.fromkeys(path for given in options.paths for path in files(given)):
        try:
            changed += one_file(path, options, screen)
        except (OutcomeError, OSError) as problem:
            refused = present(problem, screen)
    return refused or int(options.check and changed > 0)


def one_file(path: str, options: Namespace, screen: Screen) -> bool:
    """Whether setting the file changes it; without --check and --diff it is changed."""
    before = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    shown = "standard input" if path == STANDARD_INPUT else path
    after = text_of(before, shown)
    changed = before != after.encode("utf-8")
    show = _as_it_is(screen)
    if options.diff and changed:
        show("".join(differences(before, after, shown)))
    if options.check and changed:
        screen.message(f"{shown}: would change.")
    if options.diff or options.check:
        return changed
    if path == STANDARD_INPUT:
        show(after)
    elif changed:
        rewrite(path, after)
        screen.message(f"{path}: set anew.")
    return changed


def _as_it_is(screen: Screen) -> Callable[[str], None]:
    """A pipe gets the text as it is; what a terminal is shown is made harmless."""
    return lambda text: screen.result(text, safe=not screen.out.isatty())


def text_of(before: bytes, path: str) -> str:
    """The file as it is set. Raises UsageError where it is no text, ContractError where it cannot be read."""
    from outcomelang.core.review import REVIEW
    from outcomelang.diagnostic import ContractError, Diagnostic, UsageError, refuse
    from outcomelang.source import NOWHERE, Source
    from outcomelang.surface.to_text import formatted

    try:
        source = Source(path, before.decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = f"Nothing was read from {path}: it is not UTF-8 text."
        refuse(UsageError, Diagnostic("OL901", "unreadable-file", message, NOWHERE))
    text, said = formatted(source)
    if text is None and path.endswith(REVIEW) and [each.name for each in said] == ["empty-file"]:
        return source.text  # comments alone
    if text is None:
        raise ContractError(said, (source,))
    return text


def differences(before: bytes, after: str, path: str) -> Iterator[str]:
    """A unified diff. A line end of another kind shows as a change of its line."""
    old, new = (re.findall(r"[^\n]*\n|[^\n]+", text) for text in (before.decode("utf-8"), after))
    for line in unified_diff(old, new, path, path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def rewrite(path: str, text: str) -> None:
    """Put the text in the file's place. A link stays a link, and what may not be written is not."""
    from outcomelang.cli.output_file import write_whole

    if not os.access(path, os.W_OK):
        raise PermissionError(13, "This file may not be written, so it is left as it is", path)
    write_whole(path, text)
