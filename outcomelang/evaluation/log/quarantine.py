"""Wrong rows written aside, with what is wrong with each, so that they can be mended and delivered again."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from attrs import frozen

from outcomelang.core import ir
from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.log import read_files, without_collector
from outcomelang.evaluation.log.findings import Findings, Place
from outcomelang.evaluation.log.forms import IN_FOLDERS, file_chunks, log_files
from outcomelang.source import Span

if TYPE_CHECKING:
    from _csv import Writer

_FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9.]+$)")
_OWN_COLUMNS = ("file", "line", "wrong")


@frozen
class Quarantine:
    """What was set aside: the mistakes of the whole log, and how many rows went to `target`."""

    diagnostics: tuple[Diagnostic, ...]
    rows: int
    target: Path


Mistakes = tuple[tuple[Diagnostic, ...], Findings]
"""What is wrong with a log, and the places of all that is."""


def by_rows(contract: ir.Contract, files: tuple[Path, ...]) -> Mistakes:
    """As the reference reads them, row by row."""
    reading = without_collector(lambda: read_files(contract, files, keep_places=True))
    without_collector(reading.finish)
    return reading.diagnostics(), reading.findings


def quarantine(
    contract: ir.Contract,
    paths: Sequence[Path],
    target: Path,
    read: Callable[[ir.Contract, tuple[Path, ...]], Mistakes] = by_rows,
) -> Quarantine:
    """Read all files and write every wrong row to `target` (CSV: file, line, what is wrong, then the row's cells).

    Both rows of a doubled id are written. Rows swallowed by a quotation mark have no cells; a file that cannot be read
    at all has no rows here, only its diagnostic. Cells that a spreadsheet would run as a formula get an apostrophe.
    Written aside and renamed, so that `target` is always whole. Raises UsageError where `target` is part of the log.
    """
    files = log_files(paths)
    _apart(files, paths, target)
    diagnostics, findings = read(contract, files)
    try:
        rows = _replace(target, files, findings.places or {})
    except OSError as error:
        message = f"The wrong rows cannot be written to {target}: {error.strerror or error}"
        raise UsageError((_cannot_write(target, message, "Name a file in a folder that exists"),)) from error
    return Quarantine(diagnostics, rows, target)


def _replace(target: Path, files: tuple[Path, ...], places: dict[Place, list[str]]) -> int:
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as aside:
        try:
            rows = _write(csv.writer(aside, lineterminator="\n"), files, places)
            aside.close()
            Path(aside.name).replace(target)
        except BaseException:
            Path(aside.name).unlink(missing_ok=True)
            raise
    return rows


def _cannot_write(target: Path, message: str, remedy: str) -> Diagnostic:
    span = Span(str(target), 0, 0, 0, 0)
    return Diagnostic("OL346", "quarantine-not-written", message, span, remedies=(Remedy(remedy),))


def _apart(files: tuple[Path, ...], paths: Sequence[Path], target: Path) -> None:
    inside = target.suffix.lower() in IN_FOLDERS and any(
        path.is_dir() and path.resolve() == target.parent.resolve() for path in paths
    )
    if inside or target.resolve() in [file.resolve() for file in files]:
        message = "The wrong rows cannot be written there: the file would be part of the log itself"
        raise UsageError((_cannot_write(target, message, "Name a file outside the folder of the log"),))


def _write(writer: Writer, files: tuple[Path, ...], places: dict[Place, list[str]]) -> int:
    names = list(dict.fromkeys(name for file in files for name in _header(file)))
    writer.writerow([*_OWN_COLUMNS, *map(_safe, names), "more cells"])
    written = 0
    for index, file in enumerate(files):
        left = {place.line: wrong for place, wrong in places.items() if place.file == index}
        for line, cells in _rows(file, names):
            wrong = left.pop(line, None)
            if wrong is not None:
                writer.writerow([str(file), str(line), "; ".join(wrong), *map(_safe, cells)])
                written += 1
        for line, wrong in sorted(left.items()):
            writer.writerow([str(file), str(line), "; ".join(wrong)])
            written += 1
    return written


def _header(file: Path) -> list[str]:
    chunk = next(file_chunks(file, 0, Findings((str(file),))), None)
    return [name.strip() for name in chunk.rows[0]] if chunk else []


def _rows(file: Path, names: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row, the cells in the order of `names`, what has no column at the end."""
    header: list[str] | None = None
    for chunk in file_chunks(file, 0, Findings((str(file),))):
        for row, line in zip(chunk.rows, chunk.lines, strict=True):
            if header is None:
                header = [name.strip() for name in row]
                continue
            cells = dict(zip(header, row, strict=False))
            yield line, [*(cells.get(name, "") for name in names), *row[len(header) :]]


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
