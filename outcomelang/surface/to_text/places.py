"""Where a clause's lines begin, which of them are rows of a table, and where a comma belongs: one function a family."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import define, field, frozen

from outcomelang.surface import ast
from outcomelang.surface.to_text.words import Words


@frozen
class Rows:
    """Rows that stand one a line, `indent` in, their cells (numbers of words) below each other.

    With `inline` the author may also keep them on the line of their clause.
    """

    cells: tuple[tuple[int, ...], ...]
    indent: int
    inline: bool = False


@define(eq=False)
class Places:
    """What is said of words, by their number.

    `starts`: the indent of those that begin a line, `unless_short` of those that do so unless the author kept the
    clause on one line and it fits there; `pauses`: the mark before them where none stands; `breaks`: a line may also
    end before these (2: it does well to).
    """

    starts: dict[int, int] = field(factory=dict)
    rows: list[Rows] = field(factory=list)
    pauses: dict[int, str] = field(factory=dict)
    breaks: dict[int, int] = field(factory=dict)
    unless_short: dict[int, int] = field(factory=dict)

    def parts(self, words: Words, parts: Sequence[ast.Node], indent: int) -> None:
        """Each of these on a line of its own."""
        self.starts |= {words.at(part.span): indent for part in parts}

    def commas(self, words: Words, parts: Sequence[ast.Node], mark: str = ",") -> None:
        """A mark before each of these; what a phrase goes on with has none."""
        goes_on = (ast.Silence, ast.With, ast.Without, ast.Cite)
        self.pauses |= {words.at(part.span): mark for part in parts if not isinstance(part, goes_on)}


def places(clause: ast.Clause, words: Words) -> Places:
    """What the tree says about the lines of one clause."""
    found = Places()
    match clause:
        case ast.Insert(inner):
            return places(inner, words)
        case ast.Outcome(_, _, modifiers):
            _outcome(modifiers, words, found)
        case ast.Plan(slots=slots):
            _plan(slots, words, found)
        case ast.Table() | ast.Group() | ast.RateCard() | ast.Divide() | ast.Guarantee():
            _rows(clause, words, found)
        case ast.Example():
            _example(clause, words, found)
        case ast.Limit(modifiers=modifiers):
            goes_on = (ast.ForEachSubject, ast.InEachPeriod)
            found.commas(words, [each for each in modifiers if not isinstance(each, goes_on)], ";")
        case ast.Payment(amount=amount, modifiers=modifiers):
            found.breaks[words.at(amount.span)] = 1
            found.commas(words, modifiers)
        case ast.Event(modifiers=modifiers, attributes=attributes):
            found.commas(words, modifiers)
            if attributes:
                found.pauses[words.at(attributes[0].span) - 1] = ","
        case ast.Define(quantity=quantity):
            found.breaks[words.at(quantity.span)] = 2
        case (
            ast.Participant(modifiers=modifiers)
            | ast.Comparison(modifiers=modifiers)
            | ast.Figure(modifiers=modifiers)
            | ast.State(modifiers=modifiers)
            | ast.StateIs(modifiers=modifiers)
        ):
            found.commas(words, modifiers)
        case (
            ast.Header() | ast.Blank() | ast.Purpose() | ast.Party() | ast.Joint() | ast.Currency() | ast.ContractTerm()
            | ast.Claims() | ast.Value() | ast.Rounding() | ast.Holidays() | ast.Member() | ast.Period()
            | ast.UntilPaid() | ast.Exit() | ast.Suspension() | ast.Amendment() | ast.ChangeTo() | ast.Delete()
            | ast.Joins() | ast.Use() | ast.Assume() | ast.Cost() | ast.Benefit() | ast.Accept()
        ):  # fmt: skip
            pass
        case _:
            assert_never(clause)
    return found


def _outcome(modifiers: Sequence[ast.OutcomeModifier], words: Words, found: Places) -> None:
    """Each part has its line. `is TEMPLATE, where …` goes on with the name, and a short one may all stand there."""
    parts = {words.at(each.span): 2 for each in modifiers if not isinstance(each, ast.IsTemplate)}
    if len(parts) == len(modifiers):
        found.starts |= parts
    else:
        found.unless_short |= parts


def _rows(
    clause: ast.Table | ast.Group | ast.RateCard | ast.Divide | ast.Guarantee, words: Words, found: Places
) -> None:
    """Clauses that end in rows of cells."""
    match clause:
        case ast.Table(rows=rows):
            cells = tuple((words.at(row.span), *_ands(row, words), words.at(row.value.span)) for row in rows)
            found.rows.append(Rows(cells, 2, inline=True))
        case ast.Group(modifiers=modifiers, rows=labels):
            found.commas(words, modifiers)
            parts = [[part for part in (each.range, each.logged) if part] for each in labels]
            found.rows.append(_table(labels, parts, words, True))
        case ast.RateCard(lines=lines, modifiers=modifiers):
            found.rows.append(_table(lines, [[line.price] for line in lines], words))
            found.parts(words, [each for each in modifiers if not isinstance(each, ast.Silence)], 2)
        case ast.Divide(shares=shares):
            found.unless_short |= {words.at(share.span): 2 for share in shares}
            found.commas(words, shares[1:])
        case ast.Guarantee(rows=rows, modifiers=modifiers):
            found.parts(words, [*rows, *modifiers[:1]], 2)
            found.commas(words, [*rows[1:], *modifiers], ";")
        case _:
            assert_never(clause)


def _ands(row: ast.TableRow, words: Words) -> list[int]:
    """The `and` before each further key of a row."""
    return [_back_to(words, words.at(key.span), "AND") for key in row.keys[1:]]


def _back_to(words: Words, number: int, kind: str) -> int:
    """The nearest word of a kind at or before a place."""
    while words.words[number].kind != kind:
        number -= 1
    return number


def _table(
    rows: Sequence[ast.Node], parts: Sequence[Sequence[ast.Node]], words: Words, inline: bool = False, indent: int = 2
) -> Rows:
    """Rows whose cells begin where the row and these parts of it do."""
    return Rows(
        tuple(
            (words.at(row.span), *(words.at(part.span) for part in cells))
            for row, cells in zip(rows, parts, strict=True)
        ),
        indent,
        inline,
    )


def _plan(slots: Sequence[ast.Slot], words: Words, found: Places) -> None:
    found.commas(words, slots[1:], ";")
    for slot in slots:
        found.starts[words.at(slot.span)] = 2
        match slot:
            case ast.SlotBy(choices=choices):
                found.rows.append(Rows(tuple((words.at(of.span), words.at(to.span)) for of, to in choices), 4))
            case ast.SlotAll() | ast.SlotAny():
                pass
            case _:
                assert_never(slot)


# ---------------------------------------------------------------- examples


def _example(clause: ast.Example, words: Words, found: Places) -> None:
    """Facts are aligned over the whole example, expectations over each `expect`."""
    dated: list[tuple[int, ...]] = []
    for given in clause.givens:
        found.starts[words.at(given.span)] = 2
        match given:
            case ast.GivenPerson(rows=rows) | ast.GivenRows(rows=rows):
                dated += [(words.at(row.span), words.at(row.span) + 1) for row in rows]
            case ast.GivenFigure() | ast.GivenCount():
                pass
            case _:
                assert_never(given)
    found.rows.append(Rows(tuple(dated), 4))
    for expect in clause.expects:
        found.starts[words.at(expect.span)] = 2
        one = len(expect.expectations) == 1
        cells = tuple(_expected(each, words) for each in expect.expectations)
        same_line = one and words.line(cells[0][0]) == words.line(words.at(expect.span))
        if not same_line:
            found.rows.append(Rows(cells, 4))


def _expected(each: ast.Expectation, words: Words) -> tuple[int, ...]:
    match each:
        case ast.ExpectedPayment() | ast.ExpectedTotal():
            return words.at(each.span), words.last(each.span)
        case ast.ExpectedVerdict():
            return (words.at(each.span),)
        case _:
            assert_never(each)
