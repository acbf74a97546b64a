"""What a contract's log must look like, for the people who deliver it: column names, a JSON Schema, a data dictionary.

Each is made from the same vocabulary by which a log is read, so they cannot tell a different story.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.names import name_key
from outcomelang.evaluation.log.rulings import ROW, WORDS, asked_for, things, words
from outcomelang.evaluation.log.vocabulary import (
    OPTIONAL,
    REQUIRED,
    VERDICTS,
    entitled,
    group_events,
    label_rows,
    member_columns,
    member_of,
    names_somebody,
    own_label_groups,
    shared_spellings,
)

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_FIXED = {
    "id": "The row's own id, never used for another row",
    "participant": "Whom it is about: one pseudonym for each person (or family), the same in every row",
    "event": "What happened",
    "date": "The day on which it happened, as in 2024-04-03",
    "source": "Who says so: a party of the contract, or the evidence that the event names",
    "recorded": "The day on which it became known; empty: the same day. A row that repeats an id with a later day here "
    "corrects the earlier one",
    "verifies": "For rows of event verified or rejected: the id of the row they speak about",
    "about": "For rows that say something of an outcome or a payment: its name; whose it is stands in `participant`",
}


def header(contract: ir.Contract) -> list[str]:
    """The column names of a log: the required ones, `recorded`, `verifies` where something is verified, attributes.

    An attribute or event that declares `logged as` is named so.
    """
    return [*_fixed(contract), *_data(contract)]


def json_schema(contract: ir.Contract) -> dict[str, object]:
    """A JSON Schema (2020-12) of one row as an object of texts; an empty text is a cell that is not given.

    The log itself is read more generously (case, spaces, hyphens and underscores of names make no difference).
    """
    fixed = {name: {"type": "string", "description": text} for name, text in _FIXED.items() if name in _fixed(contract)}
    empty_or_day: dict[str, object] = {"type": "string", "pattern": f"^$|{_DAY}", "description": _FIXED["recorded"]}
    verdicts = _verdicts(contract)
    properties: dict[str, object] = {
        **fixed,
        "id": {"type": "string", "minLength": 1, "description": _FIXED["id"]},
        "event": {"enum": [*dict.fromkeys(s for event in contract.events for s in _spellings(event)), *verdicts]},
        "date": {"type": "string", "pattern": _DAY, "description": _FIXED["date"]},
        "recorded": empty_or_day,
        **{name: {"type": "string"} for name in _data(contract)},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A row of the event log of {contract.title}",
        "type": "object",
        "properties": properties,
        "required": list(REQUIRED),
        "additionalProperties": False,
        "allOf": [
            *(_rule(contract, event) for event in contract.events),
            *(_verdict_rule(contract, verdict) for verdict in verdicts),
        ],
    }


def dictionary(contract: ir.Contract) -> str:
    """The data dictionary in Markdown: every column, every event with its sources and attributes, an example row."""
    lines = [f"# The event log of {_text(contract.title)}", ""]
    lines += ["A CSV file in UTF-8, one row for each thing that happened, in any order, in one file or several.", ""]
    lines += ["## Columns", "", "| column | filled | what it holds |", "|---|---|---|"]
    lines += [
        f"| `{name}` | {'always' if name in REQUIRED else 'where it applies'} | {_FIXED[name]} |"
        for name in _fixed(contract)
    ]
    lines += [f"| {_code(name)} | where it applies | {_text(what)} |" for name, what in _data(contract).items()]
    lines += ["", "## Events", ""]
    for event in contract.events:
        lines += _event(contract, event)
    if _verified(contract):
        lines += ["### `verified` and `rejected`", "", "A verdict on another row, whose id stands in `verifies`.", ""]
    lines += _said(contract)
    lines += ["## An example", "", "```csv", ",".join(map(_csv, header(contract)))]
    lines += [",".join(_csv(row.get(name, "")) for name in header(contract)) for row in example_rows(contract)]
    return "\n".join([*lines, "```", ""])


def example_rows(contract: ir.Contract) -> Iterator[dict[str, str]]:
    """One good row for each event, as texts by column."""
    day = contract.first_day or date(2024, 4, 3)
    for number, event in enumerate(contract.events, 1):
        source = [*entitled(event), *event.evidenced_by, *(party.name for party in contract.parties), ""][0]
        yield {
            "id": f"E{number:04d}",
            "participant": "P001",
            "event": _spellings(event)[0],
            "date": day.isoformat(),
            "source": source,
            **{column: _example(contract, unit, labels) for column, _, unit, labels in _cells(contract, event)},
        }


def _verified(contract: ir.Contract) -> bool:
    return any(event.verification for event in contract.events)


def _verdicts(contract: ir.Contract) -> list[str]:
    """The events of rows that speak of other rows, or of outcomes and payments."""
    return list(dict.fromkeys((*(VERDICTS if _verified(contract) else ()), *words(contract))))


def _said(contract: ir.Contract) -> Iterator[str]:
    """What rows say of each outcome and payment, and who has that word."""
    if not words(contract):
        return
    yield from ("### What is said of outcomes and payments", "")
    for name, ruling in ((name, ruling) for name, rulings in asked_for(contract) for ruling in rulings):
        said = " or ".join(f"`{word}`" for word, (kind, _) in WORDS.items() if kind == ruling.kind)
        yield f"* {said} about {_code(name)}, from {_text(' or '.join(ruling.by))}"
    yield ""


def _fixed(contract: ir.Contract) -> tuple[str, ...]:
    about = things(contract)
    rows = _verified(contract) or any(thing.of == ROW for thing in about.values())
    return (*REQUIRED, "recorded", *(("verifies",) if rows else ()), *(("about",) if about else ()))


def _data(contract: ir.Contract) -> dict[str, str]:
    """Columns beyond the fixed ones, each once, with the events that fill it."""
    columns: dict[str, tuple[str, list[str]]] = {}
    for event in contract.events:
        for column, name, unit, _ in _cells(contract, event):
            _, uses = columns.setdefault(name_key(column), (column, []))
            uses.append(f"{event.name}: {name}, {_how(unit)}")
    return {column: "; ".join(uses) for column, uses in columns.values()}


def _cells(contract: ir.Contract, event: ir.Event) -> Iterator[tuple[str, str, ir.Unit, tuple[ir.PartitionRow, ...]]]:
    """Column, attribute or group, unit and label rows of everything that rows of an event may carry."""
    fixed = {*REQUIRED, *OPTIONAL}
    for attribute in event.attributes:
        names = [name for name in (*attribute.logged, attribute.name) if name_key(name) not in fixed]
        if names:
            yield names[0], attribute.name, attribute.unit, label_rows(contract, event.name, attribute.name)
    for group in own_label_groups(contract):
        if event.name in group_events(contract, group):
            yield group.name, group.name, ir.Unit.LABEL, group.rows
    member = member_of(contract, event)
    if member is not None and member.attribute not in [attribute.name for attribute in event.attributes]:
        yield _member_column(contract, member), member.name, ir.Unit.LABEL, ()


def _member_column(contract: ir.Contract, member: ir.Member) -> str:
    """The column in which rows `of` a member name it, as the rows that declare the members have it."""
    own, *logged = member_columns(contract, member)
    return [*logged, own][0]


def _spellings(event: ir.Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*event.logged, event.name, *(spelling.text for spelling in event.logged_from))))


def _rule(contract: ir.Contract, event: ir.Event) -> dict[str, object]:
    """What rows of one event may carry: their own cells in their form, all other cells empty."""
    own = {name_key(column): (unit, rows) for column, _, unit, rows in _cells(contract, event)}
    properties: dict[str, object] = {}
    for column in _data(contract):
        unit, rows = own.get(name_key(column), (None, ()))
        properties[column] = {"maxLength": 0} if unit is None else _form(contract, unit, rows)
    for column in ("verifies", "about"):
        if column in _fixed(contract):
            properties[column] = {"maxLength": 0}
    if names_somebody(contract, event):
        properties["participant"] = {"minLength": 1}
    then: dict[str, object] = {"properties": properties}
    if member := member_of(contract, event):
        column = _member_column(contract, member)
        properties[column] = {"minLength": 1}
        then["required"] = [column]
    asked = {"event": {"enum": list(_spellings(event))}}
    if shared_spellings(contract).intersection(event.logged):
        asked["source"] = {"enum": _sources_of(contract, event)}
    return {"if": {"properties": asked}, "then": then}


def _sources_of(contract: ir.Contract, event: ir.Event) -> list[str]:
    """How the log may write those whose word about an event counts."""
    parties = [party for party in contract.parties if party.name in entitled(event)]
    spelt = (text for party in parties for text in (*party.logged, party.name))
    return list(dict.fromkeys((*spelt, *entitled(event), *event.evidenced_by)))


def _verdict_rule(contract: ir.Contract, word: str) -> dict[str, object]:
    """A verdict names a row, or the outcome or payment that it is about."""
    of_rows = word in VERDICTS and _verified(contract)
    columns = [*(["verifies"] if of_rows else []), *(["about"] if word in words(contract) else [])]
    named: list[dict[str, object]] = [{"properties": {c: {"minLength": 1}}, "required": [c]} for c in columns]
    needs: dict[str, object] = named[0] if len(named) == 1 else {"anyOf": named}
    return {"if": {"properties": {"event": {"const": word}}}, "then": needs}


def _form(contract: ir.Contract, unit: ir.Unit, rows: tuple[ir.PartitionRow, ...]) -> dict[str, object]:
    match unit:
        case ir.Unit.MONEY:
            decimals = rf"(\.[0-9]{{1,{contract.minor_digits}}})?" if contract.minor_digits else ""
            return {"pattern": f"^$|^[0-9]{{1,15}}{decimals}$"}
        case ir.Unit.NUMBER:
            return {"pattern": r"^$|^-?[0-9]{1,15}(\.[0-9]{1,30})?$"}
        case ir.Unit.DAYS | ir.Unit.MONTHS:
            return {"pattern": r"^$|^[0-9]{1,15}(\.[0-9]{1,30})?$"}
        case ir.Unit.PERCENTAGE:
            return {"pattern": r"^$|^-?[0-9]{1,15}(\.[0-9]{1,30})?%$"}
        case ir.Unit.DATE:
            return {"pattern": f"^$|{_DAY}"}
        case ir.Unit.FLAG:
            return {"enum": ["", "yes", "no", "true", "false", "1", "0"]}
        case ir.Unit.LABEL:
            return {"enum": ["", "none", *_labels(rows)]} if rows else {}
        case _:
            assert_never(unit)


def _how(unit: ir.Unit) -> str:
    match unit:
        case ir.Unit.MONEY:
            return "an amount, as in 1234.50"
        case ir.Unit.NUMBER:
            return "a number, as in 37.5"
        case ir.Unit.PERCENTAGE:
            return "a percentage with its sign, as in 52.3%"
        case ir.Unit.DATE:
            return "a day, as in 2024-04-03"
        case ir.Unit.FLAG:
            return "yes or no"
        case ir.Unit.DAYS:
            return "a number of days"
        case ir.Unit.MONTHS:
            return "a number of months"
        case ir.Unit.LABEL:
            return "a label"
        case _:
            assert_never(unit)


def _example(contract: ir.Contract, unit: ir.Unit, rows: tuple[ir.PartitionRow, ...]) -> str:
    match unit:
        case ir.Unit.MONEY:
            return f"1234.{'50'.ljust(contract.minor_digits, '0')[: contract.minor_digits]}".rstrip(".")
        case ir.Unit.NUMBER | ir.Unit.DAYS | ir.Unit.MONTHS:
            return "12"
        case ir.Unit.PERCENTAGE:
            return "52.3%"
        case ir.Unit.DATE:
            return (contract.first_day or date(2024, 4, 3)).isoformat()
        case ir.Unit.FLAG:
            return "yes"
        case ir.Unit.LABEL:
            return next(iter(_labels(rows)), "a label")
        case _:
            assert_never(unit)


def _labels(rows: tuple[ir.PartitionRow, ...]) -> list[str]:
    later = (spelling.text for row in rows for spelling in row.logged_from)
    return list(dict.fromkeys((*(label for row in rows for label in (*row.logged, row.label)), *later)))


def _event(contract: ir.Contract, event: ir.Event) -> Iterator[str]:
    logged = f", written {_code(_spellings(event)[0])}" if event.logged else ""
    later = [f", written {_code(each.text)} from {each.first.isoformat()} on" for each in event.logged_from]
    yield from (f"### {_text(event.name)}{logged}{''.join(later)}", "")
    yield f"* recorded by {_text(' or '.join(event.recorded_by)) or 'any party'}"
    if event.verification:
        yield f"* verified by {_text(' or '.join(event.verification.by))}"
    if event.evidenced_by:
        yield f"* evidenced by {_text(' or '.join(event.evidenced_by))}"
    for column, name, unit, rows in _cells(contract, event):
        labels = f": {', '.join(map(_code, _labels(rows)))}" if rows else ""
        yield f"* {_code(column)} holds {_text(name)}, {_how(unit)}{labels}"
    yield ""


def _text(text: str) -> str:
    """Text of the contract inside Markdown: no table cell, code mark, link or tag begins or ends in it."""
    escaped = "".join(f"\\{sign}" if sign in "\\`*_|[]<>#" else sign for sign in text)
    return " ".join(escaped.split())


def _code(text: str) -> str:
    """Text of the contract as code inside Markdown, where no other escape than that of a table's cells is read."""
    return f"`{' '.join(text.split()).replace('`', chr(39)).replace('|', chr(92) + '|')}`"


def _csv(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if any(sign in cell for sign in ',"\r\n') else cell
