"""`outcomelang.toml`: how the contracts of a project are checked. It stands beside them or in a folder above.

`outcomelang/schema/configuration.schema.json` says the same to editors.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from attrs import frozen

from outcomelang.cli.formats import FORMATS
from outcomelang.diagnostic import Diagnostic, Remedy, UsageError, refuse
from outcomelang.report.checked import BARS
from outcomelang.report.explained import Explained
from outcomelang.source import Source, Span

FILE = "outcomelang.toml"
KEYS = ("fail-on", "format", "baseline", "also", "off")
UNUSABLE = Explained(
    "OL903",
    "unusable-configuration",
    "The project's configuration (outcomelang.toml) cannot be used as it is written. A setting that is passed over "
    "in silence would let findings through that somebody meant to stop.",
    "The finding names the line and what may stand there. outcomelang check --help shows the same settings as options.",
)


@frozen
class Configuration:
    """What a project has decided; empty where it says nothing. `off` are rules with the reasons, paths as from here."""

    path: str = ""
    fail_on: str = ""
    format: str = ""
    baseline: str = ""
    also: tuple[tuple[str, str], ...] = ()
    off: tuple[tuple[str, str], ...] = ()


def found(paths: Iterable[str]) -> str:
    """The configuration beside the paths, or the nearest above them; else that of this folder. Empty: there is none.

    Nothing is looked for above the folder of a repository.
    """
    here = Path.cwd()
    folders = [folder if folder.is_dir() else folder.parent for folder in (Path(path).resolve() for path in paths)]
    for start in (Path(os.path.commonpath(folders)) if folders else here, here):
        for folder in (start, *start.parents):
            if (folder / FILE).is_file():
                beside = os.path.relpath(folder / FILE, here)
                return str(folder / FILE) if beside.startswith(os.pardir) else beside
            if (folder / ".git").exists():
                break
    return ""


def read(path: str, rules: Mapping[str, str]) -> Configuration:
    """The configuration in a file; `rules` are the loopholes, by name and by code. UsageError says what is wrong."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(Source(path, ""), "", f"{path} is not UTF-8 text")
    source = Source(path, text)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        said = str(problem)
        at = re.search(r"at line (\d+), column (\d+)", said)
        line = int(at[1]) if at else len(text.splitlines())
        _refuse(source, "", f"{path} is not read: {said.partition(' (at')[0].lower()}", line)
    for key in values:
        if key not in KEYS:
            _refuse(source, key, f"“{key}” is no setting", near=_near(key, KEYS), among=KEYS)
    folder = os.path.dirname(path)  # noqa: PTH120  a path as it was given, without “./”
    return Configuration(
        path,
        _one_of(source, values, "fail-on", BARS),
        _one_of(source, values, "format", FORMATS),
        _below(folder, _text(source, values, "baseline")),
        tuple((form, _below(folder, file)) for form, file in _also(source, values)),
        tuple(_off(source, values, rules)),
    )


def _below(folder: str, file: str) -> str:
    """A path of the configuration as from here."""
    return os.path.normpath(os.path.join(folder, file)) if file else ""  # noqa: PTH118


def _text(source: Source, values: Mapping[str, object], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str) or (key in values and not value):
        _refuse(source, key, f"“{key}” is a text in quotation marks")
    return value


def _one_of(source: Source, values: Mapping[str, object], key: str, among: tuple[str, ...]) -> str:
    value = _text(source, values, key)
    if value and value not in among:
        _refuse(source, key, f"“{value}” is none of the values of “{key}”", near=_near(value, among), among=among)
    return value


def _table(source: Source, values: Mapping[str, object], key: str, of: str) -> Iterator[tuple[str, str]]:
    table = values.get(key, {})
    if not isinstance(table, dict):
        _refuse(source, key, f"“{key}” is a table: [{key}], and below it {of}")
    for name, value in table.items():
        if not isinstance(value, str) or not value.strip():
            _refuse(source, name, f"“{name}” in [{key}] is not followed by a text: below [{key}] stands {of}")
        yield name, value


def _also(source: Source, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for form, file in _table(source, values, "also", 'FORMAT = "FILE"'):
        if form not in FORMATS:
            _refuse(source, form, f"“{form}” is no format", near=_near(form, FORMATS), among=FORMATS)
        yield form, file


def _off(source: Source, values: Mapping[str, object], rules: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, why in _table(source, values, "off", 'RULE = "the reason"'):
        if name not in rules:
            near = _near(name, rules)
            _refuse(source, name, f"No loophole is called “{name}”, so nothing is switched off", near=near)
        yield rules[name], why


def _near(word: str, among: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(among), 1, 0.6)), "")


def _refuse(
    source: Source, key: str, message: str, line: int = 0, near: str = "", among: tuple[str, ...] = ()
) -> NoReturn:
    """UsageError with the line of a key, where it can be seen."""
    span = _place(source, key) if key else Span(source.path, line, 1, line, len(source.line(line)) + 1)
    remedies = (
        *((Remedy(f"write {near}"),) if near else ()),
        *((Remedy(f"one of {', '.join(among)}"),) if among else ()),
    )
    name = (UNUSABLE.code, UNUSABLE.name)
    try:
        refuse(UsageError, Diagnostic(*name, message, span, remedies=remedies))
    except UsageError as error:
        raise UsageError(error.diagnostics, (source,)) from None


def _place(source: Source, key: str) -> Span:
    """Where a key is written: before an equals sign, or as the name of a table."""
    quoted = f"[\"']?{re.escape(key)}[\"']?"
    for pattern in (rf"^\s*({quoted})\s*(?:=|\.)", rf"^\s*\[\s*({quoted})\s*\]", rf"({quoted})\s*="):
        for number, line in enumerate(source.text.splitlines(), 1):
            if at := re.search(pattern, line):
                return Span(source.path, number, at.start(1) + 1, number, at.end(1) + 1)
    return Span(source.path, 0, 0, 0, 0)
