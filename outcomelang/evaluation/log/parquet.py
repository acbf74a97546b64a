"""Parquet files as chunks of cells, a batch at a time: the cells of a table in memory, with the same mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from outcomelang.evaluation.log.csv_rows import CHUNK_ROWS, Chunk
from outcomelang.evaluation.log.findings import Findings
from outcomelang.evaluation.log.forms import missing_extra, unreadable
from outcomelang.evaluation.log.table import cell_of, rows_chunks

BATCH_ROWS = 64 * CHUNK_ROWS


def parquet_chunks(path: Path, index: int, findings: Findings) -> Iterator[Chunk]:
    """The column names, then the rows; row n is quoted as line n + 1, as in a CSV file."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise missing_extra(f"{path} is a Parquet file, and PyArrow is not installed", "parquet", str(path)) from None
    try:
        with path.open("rb") as stream, ParquetFile(stream) as file:
            header = list(file.schema_arrow.names)
            rows = _rows(file, len(header))
            yield from rows_chunks(header, rows, findings, index)
    except (ArrowException, OSError) as problem:
        unreadable(path, index, findings, problem)


def _rows(file: object, width: int) -> Iterator[Sequence[object]]:
    for batch in file.iter_batches(BATCH_ROWS):  # type: ignore[attr-defined]
        columns = [[cell_of(cell) for cell in batch.column(number).to_pylist()] for number in range(width)]
        yield from zip(*columns, strict=True)
