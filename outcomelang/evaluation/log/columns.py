"""Which column of a file holds what, from its line of column names."""

from __future__ import annotations

from attrs import frozen

from outcomelang.core.names import name_key
from outcomelang.evaluation.log import errors
from outcomelang.evaluation.log.errors import Fault
from outcomelang.evaluation.log.findings import Finding, Findings, Place, quoted
from outcomelang.evaluation.log.vocabulary import OPTIONAL, REQUIRED, Vocabulary

_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


@frozen
class Columns:
    """Positions of the fixed columns (from `recorded` on None where there is none), and of the others by key.

    `names` are the column names as the file writes them.
    """

    names: tuple[str, ...]
    id: int
    participant: int
    event: int
    date: int
    source: int
    recorded: int | None
    verifies: int | None
    about: int | None
    data: tuple[tuple[int, str], ...]


def columns_of(header: list[str], line: int, file: int, words: Vocabulary, findings: Findings) -> Columns | None:
    """The columns of a file, None where rows cannot be read without guessing. Every mistake goes to `findings`."""

    def wrong(fault: Fault, sentence: str, cell: str = "", choices: tuple[str, ...] = ()) -> None:
        findings.add(Finding(fault, Place(file, line), cell=cell, sentence=sentence, choices=choices))

    separator = next((sign for sign in _SEPARATORS if len(header) < len(REQUIRED) and sign in "".join(header)), "")
    if separator:
        wrong(errors.WRONG_SEPARATOR, f"The file has {_SEPARATORS[separator]} between its columns, not commas")
        return None
    names = tuple(name.strip() for name in header)
    missing = [f"“{name}”" for name in REQUIRED if name not in map(name_key, names)]
    if missing:
        wrong(errors.MISSING_COLUMN, _missing(missing, names))
    if len(missing) > 2:
        return None
    at: dict[str, int] = {}
    doubled = False
    for position, name in enumerate(names):
        key = name_key(name)
        if key in at and name:
            doubled = True
            wrong(errors.DOUBLED_COLUMN, f"The column {quoted(name)} stands there twice", name)
        elif key not in words.columns:
            what = quoted(name) if name else f"Column {position + 1}, which has no name,"
            wrong(errors.UNKNOWN_COLUMN, f"{what} is no column of this contract's log", name, _choices(words))
        at.setdefault(key, position)
    return None if missing or doubled else _columns(names, at, words)


def _missing(missing: list[str], names: tuple[str, ...]) -> str:
    found = ", ".join(quoted(name) for name in names[:12])
    are = f"s {', '.join(missing)} are" if len(missing) > 1 else f" {missing[0]} is"
    return f"The column{are} missing; the file has {found}"


def _choices(words: Vocabulary) -> tuple[str, ...]:
    return tuple(words.columns.values())


def _columns(names: tuple[str, ...], at: dict[str, int], words: Vocabulary) -> Columns:
    about = words.columns.get("about") if words.things else None
    fixed = {*REQUIRED, *(OPTIONAL if about else OPTIONAL[:2])}
    return Columns(
        names=names,
        id=at["id"],
        participant=at["participant"],
        event=at["event"],
        date=at["date"],
        source=at["source"],
        recorded=at.get("recorded"),
        verifies=at.get("verifies"),
        about=at.get("about") if about else None,
        data=tuple((position, key) for key, position in at.items() if key in words.columns and key not in fixed),
    )


def clashing(columns: Columns, words: Vocabulary, file: int, line: int, findings: Findings) -> bool:
    """Whether two columns hold one attribute of one event (its name and its `logged as`): neither would be surer."""
    every = (plan for first in words.plans.values() for plan in (first, *first.others))
    for plan in {id(plan): plan for plan in every}.values():
        holders: dict[str, str] = {}
        for position, key in columns.data:
            cell = plan.cells.get(key)
            if cell is None:
                continue
            other = holders.setdefault(cell.name, columns.names[position])
            if other != columns.names[position]:
                sentence = f"The columns {quoted(other)} and {quoted(columns.names[position])} both hold {cell.name}"
                findings.add(Finding(errors.DOUBLED_COLUMN, Place(file, line), cell=other, sentence=sentence))
                return True
    return False
