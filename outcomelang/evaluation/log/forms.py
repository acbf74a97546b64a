"""The forms in which a log may come, and what is said where one of them cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from outcomelang.diagnostic import Diagnostic, Remedy, UsageError
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.csv_rows import Chunk, CsvFile
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.findings import Finding, Findings, Place
from outcomelang.source import Span

MISSING_EXTRA = Fault(
    "OL403",
    "missing-extra",
    "cannot be read by what is installed",
    "Install what is named",
    "Packages that only some people need are installed only where somebody asks for them.",
)
SEVERAL_SHEETS = Fault(
    "OL404",
    "several-sheets",
    "holds several sheets",
    "Leave one sheet with something in it, or save the one with the log as a workbook or CSV file of its own",
    "A log is one table. Nothing says which sheet of a workbook holds it, and to read them all may count a draft.",
)
ERROR_CELL = Fault(
    "OL405",
    "cell-without-value",
    "is a formula without a value, or an error such as #N/A",
    "Mend the formula, save the workbook in the program that computes it, or put the value in its place",
    "What a formula would give is not guessed, and a cell that failed is not an empty one.",
)
COMPUTED_NUMBER = Fault(
    "OL406",
    "computed-number",
    "has more digits than a spreadsheet keeps of a number that somebody types",
    "Round it in the sheet, as in =ROUND(B2, 2), or write the number in the place of the formula",
    "A spreadsheet computes with binary fractions: what should be 0.3 may be 0.30000000000000004 there. Numbers of up "
    "to fifteen digits are read as they were typed; any other would have to be rounded by a rule that nobody wrote.",
)
FAULTS = (MISSING_EXTRA, SEVERAL_SHEETS, ERROR_CELL, COMPUTED_NUMBER)

CSV, PARQUET, WORKBOOK = ".csv", (".parquet", ".pq"), ".xlsx"
IN_FOLDERS = (CSV, *PARQUET, WORKBOOK)


def log_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files meant: a folder stands for its logs in the order of their names; one named twice is read once.

    What programs keep beside a workbook while it is open (`~$events.xlsx`) and hidden files are no logs.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        inside = sorted(entry for entry in path.iterdir() if _is_log(entry)) if path.is_dir() else []
        for file in inside or [path]:
            files.setdefault(file.resolve(), file)
    return tuple(files.values())


def no_log() -> UsageError:
    return UsageError((Diagnostic(errors.UNREADABLE.code, errors.UNREADABLE.name, "No log was named"),))


def _is_log(path: Path) -> bool:
    return path.suffix.lower() in IN_FOLDERS and not path.name.startswith((".", "~$"))


def file_chunks(path: Path, index: int, findings: Findings) -> Iterator[Chunk]:
    """The rows of one file in whichever form it is, its column names first; what is wrong goes to `findings`."""
    if path.is_dir():
        sentence = "The folder holds no file that ends in .csv, .parquet or .xlsx"
        findings.add(Finding(errors.UNREADABLE, Place(index, 0), sentence=sentence))
        return iter(())
    if path.suffix.lower() in PARQUET:
        from outcomelang.evaluation.log.parquet import parquet_chunks

        return parquet_chunks(path, index, findings)
    if path.suffix.lower() == WORKBOOK:
        from outcomelang.evaluation.log.workbook import workbook_chunks

        return workbook_chunks(path, index, findings)
    return CsvFile(path, index, findings).chunks()


def unreadable(path: Path, index: int, findings: Findings, problem: Exception) -> None:
    """A file that is there and is not what its name says, or cannot be opened."""
    reason = problem.strerror or str(problem) if isinstance(problem, OSError) else str(problem)
    told = " ".join(reason.split())[:200] or type(problem).__name__
    findings.add(Finding(errors.UNREADABLE, Place(index, 0), sentence=f"The file cannot be read: {told}"))


def missing_extra(what: str, extra: str, path: str = "", remedy: str = "") -> UsageError:
    """What to install (or another `remedy`), as the line to type."""
    span = Span(path, 0, 0, 0, 0)
    line = Remedy(remedy or f'pip install "outcomelang[{extra}]"')
    return UsageError((Diagnostic(MISSING_EXTRA.code, MISSING_EXTRA.name, what, span, remedies=(line,)),))
