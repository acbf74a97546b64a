"""Dataframes as event logs: pandas, Polars, PyArrow and whatever else narwhals reads (the extra `dataframes`)."""

from __future__ import annotations

from datetime import date, datetime, time

from outcomelang.diagnostic import Diagnostic, UsageError
from outcomelang.evaluation.log.errors import Fault

NOT_EVENTS = Fault(
    "OL402",
    "not-events",
    "These are not events: {found}.",
    "Give a path, rows as mappings, columns by name, or a dataframe",
    "Events come as a CSV file, a folder or list of them, as rows or columns in memory, or as a dataframe. "
    "Dataframes are read through narwhals: pip install outcomelang[dataframes].",
)
FAULTS = (NOT_EVENTS,)


def columns(frame: object) -> dict[str, list[object]]:
    """The cells of a dataframe, by column. What is missing (null, NaN, NaT) is None, a day at midnight a date.

    Any other binary float stays one, and is refused where it is read. `UsageError` for what is no dataframe.
    """
    try:
        import narwhals.stable.v1 as narwhals
    except ImportError:
        raise _refused(f"{type(frame).__name__}, and narwhals is not installed") from None
    try:
        native = narwhals.from_native(frame, eager_only=True)
    except TypeError:
        raise _refused(type(frame).__name__) from None
    return {name: [_cell(cell) for cell in native[name].to_list()] for name in native.columns}


def _refused(found: str) -> UsageError:
    return UsageError(
        (
            Diagnostic(
                code=NOT_EVENTS.code,
                name=NOT_EVENTS.name,
                message=f"These are not events: {found}.",
                details=(f"{NOT_EVENTS.remedy}.", NOT_EVENTS.explanation),
            ),
        )
    )


def _cell(cell: object) -> object:
    if cell is None or cell != cell:  # NaN and NaT are unequal to themselves
        return None
    if isinstance(cell, datetime) and cell.time() == time():
        return date(cell.year, cell.month, cell.day)
    return cell
