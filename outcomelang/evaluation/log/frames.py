"""Dataframes as event logs: pandas, Polars, PyArrow and whatever else narwhals reads (the extra `dataframes`).

What is computed only when it is asked for (a LazyFrame, a relation of DuckDB, a Spark frame) is computed here.
"""

from __future__ import annotations

from typing import Any

from outcomelang.diagnostic import Diagnostic, UsageError
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.table import cell_of

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
        import narwhals.stable.v2 as narwhals
    except ImportError:
        raise _refused(f"{type(frame).__name__}, and narwhals is not installed") from None
    known: Any = frame
    try:
        native = narwhals.from_native(known)
    except TypeError:
        raise _refused(type(frame).__name__) from None
    try:
        whole = native.collect() if isinstance(native, narwhals.LazyFrame) else native
    except ImportError as problem:
        raise _refused(f"{type(frame).__name__}, and {problem.name} is not installed") from None
    return {name: [cell_of(cell) for cell in whole[name].to_list()] for name in whole.columns}


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
