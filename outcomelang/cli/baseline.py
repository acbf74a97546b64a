"""A baseline: findings that a project knows and does not want to be stopped by. Of rule and clause, never of lines."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from attrs import evolve, frozen

from outcomelang.cli.output_file import write_whole
from outcomelang.diagnostic import Diagnostic, Severity, UsageError, refuse
from outcomelang.report.checked import Checked, accepted, key, relative, stake
from outcomelang.report.explained import Explained
from outcomelang.report.plain import one_line
from outcomelang.source import Span

VERSION = 1
UNUSABLE = Explained(
    "OL904",
    "unusable-baseline",
    "The file that was named as a baseline holds none, so nobody knows which findings are new.",
    "Write it with outcomelang check --write-baseline FILE, and let nobody edit it by hand.",
)


@frozen
class Entry:
    """A known finding: where its clause stands (from the folder of the baseline), its key, and what was at stake."""

    path: str
    key: str
    stake: str
    money: str = ""


@frozen
class Baseline:
    """The entries of a file."""

    file: str
    entries: tuple[Entry, ...]

    @property
    def folder(self) -> str:
        return os.path.dirname(os.path.abspath(self.file))  # noqa: PTH100, PTH120  beside others as text

    def split(self, checked: Checked) -> Checked:
        """The findings of a contract, those of the baseline apart. One that has become worse is new."""
        known = {(entry.path, entry.key): entry for entry in self.entries}
        new: list[Diagnostic] = []
        old: list[Diagnostic] = []
        for found in checked.findings:
            entry = known.get((relative(found.span.path, self.folder), key(found)))
            if entry is None or not may_be_known(found):
                new.append(found)
            elif stake(found) > Fraction(entry.stake):
                was = f"with {entry.money} at stake" if entry.money else "with less at stake"
                new.append(evolve(found, details=(*found.details, f"The baseline knows it {was}: it has become worse")))
            else:
                old.append(found)
        return evolve(checked, findings=tuple(new), known=tuple(old))

    def stale(self, files: Iterable[Checked], unread: Iterable[str], off: Iterable[str]) -> tuple[str, ...]:
        """Entries that meet nothing any more, of files that were checked or are gone.

        `unread` are the files of which nothing is known now, `off` the rules that were not asked.
        """
        checked = tuple(files)
        met = {
            (relative(found.span.path, self.folder), key(found))
            for file in checked
            for found in (*file.findings, *file.known)
        }
        seen = {relative(source.path, self.folder) for file in checked if file.compiled for source in file.sources}
        hidden = {relative(path, self.folder) for path in unread}
        asleep = {f"{name}:" for name in off}
        return tuple(
            f"{entry.path}: {entry.key}"
            for entry in self.entries
            if (entry.path, entry.key) not in met
            and (entry.path in seen or not (Path(self.folder) / entry.path).exists())
            and entry.path not in hidden
            and f"{entry.key.partition(':')[0]}:" not in asleep
        )


def may_be_known(found: Diagnostic) -> bool:
    """Whether a baseline can hold it: a contract that does not compile is nobody's past."""
    return not accepted(found) and (found.loophole is not None or found.severity is not Severity.ERROR)


def write(findings: Iterable[Diagnostic], file: str) -> None:
    """Put a baseline of these findings at `file`, in place of an older one."""
    write_whole(file, written(findings, file))


def written(findings: Iterable[Diagnostic], file: str) -> str:
    """The text of a baseline of these findings, in an order of its own."""
    folder = os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120
    entries = {
        (relative(found.span.path, folder), key(found)): found for found in reversed([*findings]) if may_be_known(found)
    }
    said = [
        {
            "path": one_line(path),
            "rule": found.name,
            "key": one_line(about),
            "stake": found.loophole.stake if found.loophole else "0",
            "money": found.loophole.money if found.loophole else "",
        }
        for (path, about), found in sorted(entries.items(), key=lambda item: item[0])
    ]
    return json.dumps({"baseline": VERSION, "findings": said}, indent=2, ensure_ascii=True) + "\n"


def read(file: str) -> Baseline:
    """A baseline that `written` wrote. UsageError for anything else."""
    try:
        value = json.loads(Path(file).read_bytes())
        if value["baseline"] != VERSION:
            _refuse(file, "it was written by another version")
        entries = tuple(
            Entry(*(str(each[name]) for name in ("path", "key", "stake", "money"))) for each in value["findings"]
        )
        for entry in entries:
            Fraction(entry.stake)
    except json.JSONDecodeError as problem:
        _refuse(file, "it is not JSON", problem.lineno)
    except (ValueError, KeyError, TypeError, ZeroDivisionError, RecursionError):
        _refuse(file, "its findings cannot be read")
    return Baseline(file, entries)


def _refuse(file: str, why: str, line: int = 0) -> NoReturn:
    message = f"{file} is no baseline: {why}"
    refuse(UsageError, Diagnostic(UNUSABLE.code, UNUSABLE.name, message, Span(file, line, 1, line, 1)))
