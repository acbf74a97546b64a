"""Ledgers, findings and parts of the core as short text that a reader of a page can check by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from fractions import Fraction

import attrs

from outcomelang.core import ir
from outcomelang.core.money import count, decimal_places, exact
from outcomelang.core.money import money as in_full
from outcomelang.diagnostic import Diagnostic, Severity
from outcomelang.evaluation.assumptions import Judged
from outcomelang.evaluation.examples import ExampleResult
from outcomelang.evaluation.ledger import Entry, Ledger, LimitUse, Report, Status
from outcomelang.formula.deriving import formulas, only
from outcomelang.formula.text import page
from outcomelang.prose import english
from outcomelang.prose.layout import plain_text, walked
from outcomelang.prose.reading import read
from outcomelang.report.plain import columns, one_line
from outcomelang.report.style import Style
from outcomelang.report.text import text
from outcomelang.source import Source
from outcomelang.tree import Tree

WIDTH = 100
MOST_OF_A_NAME = 3

# ---------------------------------------------------------------- findings


def diagnostics(found: Sequence[Diagnostic], own: str, base_lines: int) -> str:
    """`line:column name: message`, without the path; `base 12` for a line of the base. Many of one name are counted."""
    lines: list[str] = []
    names: dict[str, int] = {}
    for each in found:
        names[each.name] = names.get(each.name, 0) + 1
        if names[each.name] <= MOST_OF_A_NAME:
            lines.append(_diagnostic(each, own, base_lines))
    lines += [f"… {n - MOST_OF_A_NAME} more {name}" for name, n in names.items() if n > MOST_OF_A_NAME]
    return "".join(f"{line}\n" for line in lines)


def findings(found: Sequence[Diagnostic], source: Source) -> str:
    """Each finding as the command line shows it; lines count from the first of the base."""
    return "\n".join(text(each, {source.path: source}, Style(WIDTH, False, False)) for each in found)


def _diagnostic(found: Diagnostic, own: str, base_lines: int) -> str:
    span = found.span
    line = f"base {span.line}" if span.path == own and 0 < span.line <= base_lines else str(span.line)
    if span.path == own and span.line > base_lines:
        line = str(span.line - base_lines)
    elif span.path != own and span.path.endswith((".outcome", ".review")):
        line = f"{span.path} {span.line}"
    severity = "" if found.severity is Severity.ERROR else f"{found.severity} "
    clause = f"clause {one_line(found.clause)}: " if found.clause else ""
    message = one_line(found.message)
    if span.path.endswith(".csv"):
        message = message.replace(span.path, "events.csv")
    return f"{line}:{span.column} {severity}{found.name}: {clause}{message}"


# ---------------------------------------------------------------- formulas


def formula(contract: ir.Contract, words: str) -> str:
    """The page of formulas without its heading: of all payments, or of those named."""
    of = formulas(contract)
    names = tuple(name.strip() for name in words.split(";") if name.strip())
    return page(only(of, names) if names else of).partition("\n\n")[2]


# ---------------------------------------------------------------- ledgers


def ledger(made: Ledger) -> str:
    """Entries, an empty line, lines of the statement, the total; then what is open and what is said of the log."""

    def money(minor: Fraction | int) -> str:
        return _money(Fraction(minor), made)

    entries = [
        [entry.day.isoformat(), entry.payment, f"{entry.payer} → {entry.payee}", _subject(entry),
         _reckoned(entry, made), money(entry.amount), _dates(entry)]
        for entry in made.entries
    ]  # fmt: skip
    lines = [
        [line.payment, f"{line.payer} → {line.payee}", count(line.count), money(line.amount)] for line in made.lines
    ]
    day = "final account" if made.final else "account"
    total = f"total {money(made.total)}, {day} of {made.as_of.isoformat()}"
    blocks = [aligned(entries), [*aligned(lines), total], [*_pending(made), *map(_report, made.reports)]]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks if block)


def adjustments(made: Ledger) -> str:
    """Each adjustment with its cause and reason, an empty line, and the two totals with what lies between them."""

    def money(minor: Fraction | int) -> str:
        return _money(Fraction(minor), made)

    before, after = made.accounts[-2:]
    rows = [
        [each.kind, each.day.isoformat(), each.entry, money(each.amount), each.cause, each.why]
        for each in after.adjustments
    ]
    sums = f"{money(before.total)} as of {before.as_of}, adjusted by {money(after.total - before.total)}"
    blocks = [aligned(rows), [f"{sums}: {money(after.total)} as of {after.as_of}"]]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks if block)


def status(made: Status) -> str:
    """Payments (due, due later), then what may still come, then the use of limits."""

    def money(minor: Fraction) -> str:
        return _money(minor, made)

    payments = [
        [line.payment, f"{line.payer} → {line.payee}", f"due {money(line.due)}", f"later {money(line.later)}"]
        for line in made.payments
    ]
    items = [
        [item.verdict, item.payment, item.what, ", ".join(dict.fromkeys(filter(None, (item.subject, item.period)))),
         f"until {item.until}" if item.until else "", "" if item.worth is None else f"at most {money(item.worth)}"]
        for item in made.undecided
    ]  # fmt: skip
    uses = [
        [use.title, ", ".join(dict.fromkeys(filter(None, (use.subject, use.period)))) or "all", *_used(use, made)]
        for use in made.limits
    ]
    blocks = [aligned(payments), aligned(items), aligned(uses)]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks if block)


def _used(use: LimitUse, made: Status) -> list[str]:
    if use.most is None:
        return ["no value", ""]
    texts = [_money(n, made) if use.kind == "money" else count(n) for n in (use.used, use.most, use.left)]
    return [f"{texts[0]} of {texts[1]}", f"{texts[2]} left"]


def _money(minor: Fraction, made: Ledger | Status) -> str:
    """£1,200 or £0.05 or 20/3p: whole amounts without pence, fractions of a penny in pence."""
    if decimal_places(minor.denominator) is None:
        return f"{exact(minor)}p"
    return in_full(minor, made.currency, made.minor_digits).removesuffix(".00")


def _subject(entry: Entry) -> str:
    parts = [entry.subject] if entry.subject else []
    if entry.period and entry.period != entry.subject:
        parts.append(entry.period)
    return ", ".join(parts) or "all"


def _reckoned(entry: Entry, made: Ledger) -> str:
    text = f"{count(entry.units)} × {_money(entry.price, made)} = {_money(entry.earned, made)}"
    if entry.counted != entry.units:
        text += f", counts {count(entry.counted)}"
    for cut in entry.cuts:
        clause = f" ({cut.clause})" if cut.clause else ""
        text += f", less {_money(cut.taken, made)} by {cut.by}{clause}"
    return text + (f", rounded by {_money(entry.rounding, made)}" if entry.rounding else "")


def _dates(entry: Entry) -> str:
    verified = f"verified {entry.verified}" if entry.verified not in (None, entry.day) else ""
    due = f"due {entry.due}" if entry.due else ""
    under = f"under amendment {entry.amendment}" if entry.amendment else ""
    return ", ".join(part for part in (verified, due, under) if part)


def _pending(made: Ledger) -> Iterator[str]:
    for item in made.pending:
        whose = f" of {item.subject}" if item.subject else ""
        more = f" and {item.count - 1} more" if item.count > 1 else ""
        until = f" until {item.until}" if item.until else ""
        yield f"{item.verdict}: {item.what}{whose}{more}{until}"


def _report(report: Report) -> str:
    where = f", line {report.row.line}" if report.row else ""
    rows = f" ({report.count} rows)" if report.count > 1 and "rows in all" not in report.message else ""
    return f"reported {report.name}{where}: {one_line(report.message)}{rows}"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Cells two blanks apart, one below the other."""
    widths = [max(columns(row[n]) for row in rows) for n in range(len(rows[0]))] if rows else []
    return ["  ".join(c + " " * (w - columns(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def examples(results: Iterable[ExampleResult]) -> str:
    """`TITLE: as expected`, or what differs."""
    return "".join(f"{result.title}: {_differences(result)}\n" for result in results)


def _differences(result: ExampleResult) -> str:
    return "; ".join(f"{d.what} {d.got} instead of {d.expected}" for d in result.differences) or "as expected"


def assumptions(found: Iterable[Judged]) -> str:
    """`1: holds`, or of whom and since when it is broken (or not known), with the rows that show it."""
    return "".join(f"{line}\n" for number, each in enumerate(found, 1) for line in _assumed(number, each))


def _assumed(number: int, found: Judged) -> Iterator[str]:
    yield f"{number}: {found.held}"
    for where in found.where:
        whom = ", ".join(filter(None, (where.subject, where.period))) or "all"
        day = f" on {where.day}" if where.day else ""
        yield f"  {whom}{day}{' by ' if where.rows else ''}{', '.join(row.id for row in where.rows)}"


# ---------------------------------------------------------------- the core


def core(contract: ir.Contract, wanted: str) -> str:
    """The named parts: a declaration (`Settled at 3 months`) or a whole list of the contract (`stages`)."""
    return "".join(f"{line}\n" for name in wanted.split(";") for line in _part(contract, name.strip()))


def _part(contract: ir.Contract, name: str) -> Iterator[str]:
    lists = {a.name: getattr(contract, a.name) for a in attrs.fields(ir.Contract)}
    if name in lists:
        each = lists[name] if isinstance(lists[name], tuple) else (lists[name],)
        found = list(each)
    else:
        declared = (node for held in lists.values() if isinstance(held, tuple) for node in held)
        found = [node for node in declared if getattr(node, "name", None) == name]
    if not found:
        raise LookupError(f"the core has no “{name}”")
    for node in found:
        yield from written(node)


def written(value: object, indent: str = "", before: str = "", after: str = "") -> list[str]:
    """A value on one line where it fits, else each of its parts on a line of its own."""
    flat = f"{indent}{before}{inline(value)}{after}"
    parts = list(_parts(value))
    if columns(flat) <= WIDTH or not parts:
        return [flat]
    opening, closing = ("(", ")") if isinstance(value, Tree) else ("[", "]")
    head = value.__class__.__name__.rstrip("_") if isinstance(value, Tree) else ""
    inner = [line for name, part in parts for line in written(part, indent + "  ", f"{name}=" if name else "")]
    return [f"{indent}{before}{head}{opening}", *inner, f"{indent}{closing}{after}"]


def inline(value: object) -> str:
    match value:
        case Tree():
            parts = ", ".join(f"{name}={inline(part)}" if name else inline(part) for name, part in _parts(value))
            return f"{value.__class__.__name__.rstrip('_')}({parts})" if parts else value.__class__.__name__
        case tuple():
            return f"[{', '.join(map(inline, value))}]"
        case Enum():
            return str(value.value)
        case bool() | None:
            return {True: "yes", False: "no", None: "none"}[value]
        case Fraction():
            return exact(value)
        case date():
            return value.isoformat()
        case str():
            return f"“{value}”"
        case _:
            return str(value)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    """The parts of a node, those left out that are as they always are; the first stands without its name."""
    if isinstance(value, tuple):
        yield from (("", part) for part in value)
    elif isinstance(value, Tree):
        for n, a in enumerate(attrs.fields(value.__class__)):
            part = getattr(value, a.name)
            if a.name not in ("origin", "span") and (part != a.default or a.default is attrs.NOTHING):
                yield ("" if n == 0 else a.name), part


# ---------------------------------------------------------------- English


def prose(contract: ir.Contract, words: str) -> str:
    """The clauses of these headings (`Settled; Rounding each amount`), without numbers; none: the whole reading."""
    reading = read(contract)
    if not words:
        return plain_text(reading)
    wanted = [each.strip() for each in words.split(";")]
    clauses = {clause.heading: clause for chapter in reading.chapters for clause in chapter.clauses}
    if unknown := [each for each in wanted if each not in clauses]:
        raise ValueError(f"no clause is headed “{unknown[0]}”: {'; '.join(clauses)}")
    lines = []
    for heading in wanted:
        lines.append(f"{heading}\n")
        for point, _, depth, mark in walked(clauses[heading].points, english):
            lead = "    " * (depth + 1) + (f"{mark} " if mark else "")
            wrapped = textwrap.wrap(point.text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
            lines += [f"{line}\n" for line in wrapped]
    return "".join(lines)
