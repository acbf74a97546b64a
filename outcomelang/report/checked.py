"""What a check came to: the files, what was found in each, and what stood in the way. Every format shows a `Run`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from pathlib import PurePath

from attrs import evolve, frozen

from outcomelang.diagnostic import Diagnostic, Severity
from outcomelang.report.plain import one_line, sentence
from outcomelang.source import Source


@frozen
class Favour:
    """What speaks for a contract: a loophole that it was proved not to have, that was not found, or not decided.

    `of` are the payments, outcomes, limits … that it is about; empty where it is about all.
    """

    code: str
    name: str
    verdict: str
    argument: str
    of: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The argument, and what it is about."""
        about = f"{one_line(', '.join(self.of))}: " if self.of else ""
        return about + sentence(self.argument)


@frozen
class Checked:
    """One contract. `findings` are new, `known` stand in the baseline, `hidden` are notes that nobody asked for.

    `trouble` says why there is no answer: the file could not be read. `faults` are mistakes of ours.
    """

    path: str
    findings: tuple[Diagnostic, ...] = ()
    known: tuple[Diagnostic, ...] = ()
    favours: tuple[Favour, ...] = ()
    sources: tuple[Source, ...] = ()
    compiled: bool = True
    trouble: str = ""
    faults: tuple[str, ...] = ()


@frozen
class Run:
    """A whole check. `bar` is the least severity that counts, `off` the rules that were not asked, with the reasons.

    `root` is the folder to which paths in machine formats are relative.
    """

    files: tuple[Checked, ...]
    bar: str = "warning"
    verbose: bool = False
    baseline: str = ""
    stale: tuple[str, ...] = ()
    off: tuple[tuple[str, str], ...] = ()
    interrupted: bool = False
    version: str = ""
    root: str = "."

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Every new finding once, also where variants share the clause."""
        return once((file.path, each) for file in self.files for each in file.findings)

    @cached_property
    def known(self) -> tuple[Diagnostic, ...]:
        return once((file.path, each) for file in self.files for each in file.known)

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source for file in self.files for source in file.sources)

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fault for file in self.files for fault in file.faults))

    def counts(self, found: Diagnostic) -> bool:
        """Whether a finding is at or above the bar. What is accepted never is."""
        return not accepted(found) and self.bar != "never" and BARS.index(found.severity) <= BARS.index(self.bar)


BARS: tuple[str, ...] = (*(severity.value for severity in Severity), "never")


def accepted(found: Diagnostic) -> bool:
    return found.loophole is not None and bool(found.loophole.accepted)


def once(findings: Iterable[tuple[str, Diagnostic]]) -> tuple[Diagnostic, ...]:
    """The first of those that say the same of the same place; each comes with the contract in which it was found.

    One that is not found in the contract where its clause stands says in which ones it is.
    """
    first: dict[tuple[object, ...], Diagnostic] = {}
    where: dict[tuple[object, ...], list[str]] = {}
    for path, each in findings:
        about = (each.code, each.span, each.clause, each.message, accepted(each))
        first.setdefault(about, each)
        where.setdefault(about, []).append(path)
    return tuple(_elsewhere(each, where[about]) for about, each in first.items())


def _elsewhere(found: Diagnostic, paths: list[str]) -> Diagnostic:
    own = PurePath(found.span.path)
    if not found.span.path or any(own.with_suffix("") == PurePath(path).with_suffix("") for path in paths):
        return found
    return evolve(found, details=(*found.details, f"It is found in {' and '.join(paths)}"))


def key(found: Diagnostic) -> str:
    """What a finding is about, of rule and clause: it stays when lines move."""
    return found.loophole.key if found.loophole is not None else f"{found.name}: {found.message}"


def fingerprints(findings: Iterable[Diagnostic], root: str) -> tuple[str, ...]:
    """One for each finding, of its path and key; of several with the same key each has its own."""
    met: dict[tuple[str, str], int] = {}
    made = []
    for each in findings:
        what = (relative(each.span.path, root), key(each))
        met[what] = number = met.get(what, 0) + 1
        made.append(sha256("\0".join((*what, str(number))).encode(errors="replace")))
    return tuple(each.hexdigest() for each in made)


def stake(found: Diagnostic) -> Fraction:
    """The money at stake, in the currency of the contract."""
    return Fraction(found.loophole.stake) if found.loophole is not None else Fraction(0)


def relative(path: str, root: str) -> str:
    """A path as machine formats name it: from the root of the run, with forward slashes."""
    try:
        return slashed(os.path.relpath(path, root))
    except ValueError:  # another drive
        return slashed(path)


def slashed(path: str) -> str:
    return path.replace(os.sep, "/")
