"""A name used as a quantity or as an outcome, perhaps with a rung: `the Job Price`, `Settled at 3 months`."""

from __future__ import annotations

from fractions import Fraction

from outcomelang.core import ir
from outcomelang.core.from_surface import indexing
from outcomelang.core.from_surface.context import HOLE, Elaboration, Rung, Scene, Typed, listed
from outcomelang.core.from_surface.subjects import has_day, must_be_readable, readable, words
from outcomelang.core.names import name_key
from outcomelang.core.scope import AttributeSymbol, Sort, Symbol, spelling
from outcomelang.core.types import Kind, kind_of, unit_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

CONTRACT_VALUE = "Contract Value"


def rung_of(literal: ast.Literal_) -> Rung:
    """A rung by which kind of target and how much, so that 12 months and 1 year are one rung."""
    match literal:
        case ast.Duration(count, "day" | "week" as unit):
            return Kind.DAYS, count * (7 if unit == "week" else 1)
        case ast.Duration(count, unit):
            return Kind.MONTHS, count * (12 if unit == "year" else 1)
        case ast.Money(amount):
            return Kind.MONEY, amount
        case ast.Number(value):
            return Kind.NUMBER, value
        case ast.Percent(value):
            return Kind.PERCENTAGE, value
        case ast.Points(value):
            return Kind.POINTS, value


def named(e: Elaboration, ref: ast.Ref, role: str, *wanted: Sort) -> Symbol | None:
    """The symbol that a name means where one of these is wanted; a step of what has none is reported."""
    symbol = e.find(ref.term, role, *wanted)
    if symbol is not None and symbol.sort is not Sort.OUTCOME:
        must_be_stepless(e, ref, symbol.name, str(symbol.sort))
    return symbol


def must_be_stepless(e: Elaboration, ref: ast.Ref, name: str, sort: str) -> None:
    """Report a step of what is no outcome: it would have to be passed over."""
    if ref.at is not None:
        e.say(
            "rung-unknown",
            ref.span,
            f"“{name}” is {sort}, and only an outcome has steps: there is none {_at(ref.at)}.",
            label="it has no steps",
        )


def had(part: ast.With | ast.Without) -> ast.Ref:
    """What is had, with its step where one is named."""
    return ast.Ref(part.term, part.at, span=part.term.span if part.at is None else part.span)


def row_attribute(e: Elaboration, term: ast.Term, here: Scene) -> AttributeSymbol | None:
    """The attribute of the row at hand that bears the name."""
    return e.scope.attribute(here.row, term.text) if here.row is not None else None


def read(e: Elaboration, ref: ast.Ref, here: Scene) -> Typed:
    """A name where a quantity is wanted: an attribute of the row at hand, else a measure, a table, the whole value."""
    if ref.at is not None:
        outcome(e, ref, here)
        return _no_quantity(e, ref, e.scope.find(ref.term.text))
    attribute = row_attribute(e, ref.term, here)
    if attribute is not None:
        return Typed(ir.Attribute(attribute.name, attribute.unit, origin=e.at(ref.span)), kind_of(attribute.unit))
    symbol = e.scope.find(ref.term.text)
    if symbol is None:
        return _undeclared(e, ref)
    match symbol.sort:
        case Sort.MEASURE:
            return _measure(e, ref, symbol, here)
        case Sort.TABLE:
            return _table(e, ref, symbol, here)
        case _:
            return _no_quantity(e, ref, symbol)


def _measure(e: Elaboration, ref: ast.Ref, symbol: Symbol, here: Scene) -> Typed:
    if not must_be_readable(e, symbol.name, e.subjects.get(symbol.name), here, ref.span):
        return HOLE
    kind = e.read_measure(symbol.name)
    if kind is None or not _priced(e, ref, e.price_only.get(symbol.name), here):
        return HOLE
    return Typed(ir.Read(symbol.name, unit_of(kind), origin=e.at(ref.span)), kind)


def _table(e: Elaboration, ref: ast.Ref, symbol: Symbol, here: Scene) -> Typed:
    shape = e.tables.get(symbol.name)
    if shape is None or shape.kind is None:
        return HOLE
    for key in shape.keys:
        if not _key_readable(e, key, here):
            e.say(
                "several-values-here",
                ref.span,
                f"“{symbol.name}” goes by {_key_words(key)}, and for {words(here.subject)} there is not one of them.",
                label=f"one for each {_key_words(key)}",
            )
            return HOLE
    if (shape.indexed is not None or shape.until_paid) and not _priced(e, ref, symbol.name, here):
        return HOLE
    found = ir.Lookup(symbol.name, unit_of(shape.kind), origin=e.at(ref.span))
    return Typed(found if shape.indexed is None else indexing.indexed(e, shape.indexed, found), shape.kind)


def _priced(e: Elaboration, ref: ast.Ref, table: str | None, here: Scene) -> bool:
    """Whether what depends on the day of a payment, or on what has been paid, may be read here."""
    if table is None or here.pricing:
        return True
    if here.defining is not None:
        e.price_only[here.defining] = table
        return True
    price_outside(e, ref.term, table)
    return False


def price_outside(e: Elaboration, term: ast.Term, table: str) -> None:
    """Report a price that has a value only where something is paid."""
    shape = e.tables[table]
    why = "the day of a payment" if shape.indexed is not None else "what has been paid"
    e.say(
        "price-outside-a-payment",
        term.span,
        f"“{term.text}” has no value here: {table} depends on {why}, and nothing is paid here.",
        label=f"depends on {why}",
        remedies=(Remedy(f"payment …: … pays … the {term.text} …", "an amount may be reckoned with it"),),
    )


def _key_readable(e: Elaboration, key: ir.KeySource, here: Scene) -> bool:
    match key:
        case ir.KeyByGroup():
            return readable(e, ir.PerGroup(key.partition), here.subject)
        case ir.KeyByPeriod():
            return has_day(here.subject) or readable(e, ir.PerPeriod(key.calendar, ir.Whole()), here.subject)
        case ir.KeyByQuantity(ir.Read(name)):
            wanted = e.subjects.get(name)
            return wanted is None or readable(e, wanted, here.subject)
        case ir.KeyByQuantity(ir.Attribute(name)):
            return here.row is not None and e.scope.attribute(here.row, name) is not None
        case _:
            return True


def _key_words(key: ir.KeySource) -> str:
    match key:
        case ir.KeyByGroup():
            return key.partition
        case ir.KeyByPeriod():
            return key.calendar
        case ir.KeyByQuantity(ir.Read(name)) | ir.KeyByQuantity(ir.Attribute(name)):
            return name
        case _:
            return "a quantity"


def _undeclared(e: Elaboration, ref: ast.Ref) -> Typed:
    if spelling(ref.term.text) == CONTRACT_VALUE:
        if e.value is None and not e.scope.incomplete:
            e.say(
                "contract-value-missing",
                ref.span,
                "The contract does not say what its value is, so no share of it can be worked out.",
                label="the value of which contract?",
                remedies=(Remedy("value £1,200,000", "declares it, near the term and the currency"),),
            )
        return Typed(ir.ContractValue(origin=e.at(ref.span)), Kind.MONEY)
    elsewhere = e.scope.attributes_called(ref.term.text)
    if not elsewhere:
        e.not_declared(ref.term.text, ref.term.span, (Sort.MEASURE, Sort.TABLE))
        return HOLE
    if e.scope.incomplete:
        return HOLE  # what is paid for may stand in a clause that could not be read, and carry it
    carriers = listed([symbol.event for symbol in elsewhere], "and")
    e.say(
        "attribute-out-of-reach",
        ref.span,
        f"“{ref.term.text}” is written on each {carriers}, and here there is no such row to read it from.",
        label="of which row?",
        remedies=(
            Remedy(f"the total {ref.term.text} of {elsewhere[0].event} …", "adds up every row"),
            Remedy(f"… of a {elsewhere[0].event}", "makes each row the subject"),
        ),
    )
    return HOLE


def _no_quantity(e: Elaboration, ref: ast.Ref, symbol: Symbol | None) -> Typed:
    if symbol is None or symbol.sort is Sort.UNREAD:
        return HOLE
    remedies: tuple[Remedy, ...] = ()
    if symbol.sort in (Sort.EVENT, Sort.OUTCOME, Sort.POPULATION, Sort.MEMBER):
        remedies = (Remedy(f"the number of {symbol.other}", "counts them"),)
    if symbol.sort is Sort.STATE:
        remedies = (Remedy(f"the days of {symbol.name}", "counts its days"),)
    e.wrong_sort(ref.term, symbol, "what is reckoned with", (Sort.MEASURE, Sort.TABLE), *remedies)
    return HOLE


# ---------------------------------------------------------------- outcomes


def outcome(e: Elaboration, ref: ast.Ref, here: Scene | None = None) -> str | None:
    """The core's name of an outcome, of one rung if it has several; None when a mistake was reported."""
    symbol = e.find(ref.term, "what is achieved", Sort.OUTCOME)
    shape = e.outcomes.get(symbol.name) if symbol is not None else None
    if symbol is None or shape is None:
        return None
    if shape.rungs is None:
        if ref.at is not None:
            e.say(
                "rung-unknown",
                ref.span,
                f"“{symbol.name}” is one outcome without steps, so there is none {_at(ref.at)}.",
                label="it has no steps",
            )
            return None
        return symbol.name
    if ref.at is None:
        _which_rung(e, ref, symbol, list(shape.rungs.values()))
        return None
    name = shape.rungs.get(rung_of(ref.at))
    if name is None:
        _no_such_rung(e, ref, symbol, list(shape.rungs.values()))
    return name


def outcome_labels(e: Elaboration, labels: tuple[ast.Text, ...]) -> None:
    """Where a plan is read from an attribute, only an outcome can stand there, as it is declared or logged."""
    for label in labels:
        if not e.scope.incomplete and name_key(label.value) not in e.outcome_spellings:
            e.say(
                "label-unknown",
                label.span,
                f"No outcome is called “{label.value}”, or logged so: it can stand in nobody’s plan.",
                label="not an outcome",
                remedies=tuple(Remedy(f'"{name}"') for name in e.scope.nearest(label.value, (Sort.OUTCOME,))),
            )


def part_name(name: str) -> str:
    """What the lesser success of an outcome is called. No author's name holds a small word: it is nobody else's."""
    return f"{name} in part"


def part(e: Elaboration, ref: ast.Ref, here: Scene | None = None) -> str | None:
    """The core's name of an outcome that is partly achieved; None when a mistake was reported."""
    name = outcome(e, ref, here)
    if name is None:
        return None
    symbol = e.scope.find(ref.term.text)
    assert symbol is not None
    if e.outcomes[symbol.name].partly:
        return part_name(name)
    e.say(
        "nothing-partly-achieved",
        ref.span,
        f"“{symbol.name}” is achieved or it is not: nothing says when it is partly achieved.",
        label="it has no “partly when”",
        related=((symbol.span, f"“{symbol.name}” is declared here"),),
        remedies=(Remedy("partly when …", f"in the clause that declares {symbol.name}"),),
    )
    return None


def _which_rung(e: Elaboration, ref: ast.Ref, symbol: Symbol, rungs: list[str]) -> None:
    e.say(
        "rung-missing",
        ref.span,
        f"“{symbol.name}” is reached in {len(rungs)} steps, and this does not say which one.",
        label="which step?",
        remedies=tuple(Remedy(name) for name in rungs),
    )


def _no_such_rung(e: Elaboration, ref: ast.Ref, symbol: Symbol, rungs: list[str]) -> None:
    assert ref.at is not None
    e.say(
        "rung-unknown",
        ref.span,
        f"“{symbol.name}” has no step {_at(ref.at)}, so nothing can ever be achieved or paid there.",
        label=f"it has {listed(rungs, 'and')}",
        remedies=tuple(Remedy(name) for name in rungs),
    )


def _at(literal: ast.Literal_) -> str:
    return f"at {literal_words(literal)}"


def literal_words(literal: ast.Literal_) -> str:
    """A literal as the language writes it: `3 months`, `£1,631`, `5%`."""
    match literal:
        case ast.Duration(count, unit):
            return f"{number_words(count)} {unit}{'' if count == 1 else 's'}"
        case ast.Money(amount, currency):
            return money_words(amount, currency)
        case ast.Number(value):
            return number_words(value)
        case ast.Percent(value):
            return f"{number_words(value * 100)}%"
        case ast.Points(value):
            return f"{number_words(value * 100)} percentage point{'' if value * 100 == 1 else 's'}"


def number_words(value: Fraction) -> str:
    """A number with thousands separated, in full if its decimals end, else as a fraction."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    scaled, places = value, 0
    while scaled.denominator != 1 and places < 9:
        scaled, places = scaled * 10, places + 1
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = f"{abs(scaled.numerator):0{places + 1}d}"
    sign = "-" if value < 0 else ""
    return f"{sign}{int(digits[:-places]):,}.{digits[-places:]}"


SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}


def money_words(amount: Fraction, currency: str) -> str:
    """An amount in major units: `£1,631`, `£15.12`, `ARS 42,116`."""
    digits = number_words(abs(amount))
    if "." in digits and len(digits.rsplit(".", 1)[1]) == 1:
        digits += "0"
    sign = "-" if amount < 0 else ""
    return f"{sign}{SIGNS[currency]}{digits}" if currency in SIGNS else f"{sign}{currency} {digits}"
