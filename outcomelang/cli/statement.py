"""A ledger as people read it: what is paid, by whom, what is still open, and what to know about the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from outcomelang.cli.days import in_words
from outcomelang.cli.findings import plural
from outcomelang.core.money import count, money
from outcomelang.evaluation.ledger import Ledger, Pending, Report
from outcomelang.report.plain import columns, one_line, sentence, wrapped
from outcomelang.report.style import Style

_MOST_NOTES = 6


def statement(ledger: Ledger, style: Style, engine: str = "reference") -> str:
    """The whole statement, ending in a line feed; safe to print. `engine` is what made the account."""
    account = f"{'Final account' if ledger.final else 'Account'} as of {in_words(ledger.as_of)}; {log_end(ledger)}"
    blocks = [
        [style.bold(one_line(ledger.contract)), *dated(account, style.width)],
        list(table(ledger, style)) if ledger.lines else ["Nothing is due."],
        not_decided(ledger, style) if ledger.final else still_open(ledger.pending, style, ledger.as_of),
        log_notes(ledger.reports, style),
        [named(ledger, style, engine)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def named(ledger: Ledger, style: Style, engine: str = "reference") -> str:
    """What a reader quotes to say which contract, in which form, gave this account."""
    entries = plural(len(ledger.entries), "entry", "entries")
    return f"Contract {ledger.digest[:16]}{style.drawn('…')}, {entries}, {engine} engine"


def table(ledger: Ledger, style: Style) -> Iterator[str]:
    """Payment, payer, payee (where they differ), count and amount, numbers to the right, a rule, and the total."""
    payees = len({line.payee for line in ledger.lines}) > 1
    rows = [["Payment", "Paid by", *(["Paid to"] if payees else []), "Count", "Amount"]]
    for line in ledger.lines:
        texts = [one_line(t) for t in (line.payment, line.payer, *([line.payee] if payees else []))]
        rows.append([*texts, count(line.count), money(line.amount, ledger.currency, ledger.minor_digits)])
    total = ["Total", *([""] * (len(rows[0]) - 2)), money(ledger.total, ledger.currency, ledger.minor_digits)]
    yield from ruled(rows, [total], style)


def ruled(rows: list[list[str]], sums: list[list[str]], style: Style, figures: int = 2) -> Iterator[str]:
    """The head, a rule, the rows, a rule and the sums, of which the last stands out. Where the screen is too narrow the
    columns move together."""
    rows, sums = ([[style.shown(cell) for cell in row] for row in part] for part in (rows, sums))
    widths = [max(columns(row[n]) for row in [*rows, *sums]) for n in range(len(rows[0]))]
    gaps = len(widths) - 1
    gap = next((each for each in (3, 2) if sum(widths) + each * gaps <= style.width), 1)
    rule = style.drawn("─" * (sum(widths) + gap * gaps))
    head, *lines, last = (aligned(row, widths, figures, gap) for row in [*rows, *sums])
    own = len(rows) - 1
    yield from (head, rule, *lines[:own], rule, *lines[own:], style.bold(last))


def aligned(row: list[str], widths: list[int], figures: int = 2, gap: int = 3) -> str:
    """Texts to the left, the last columns (numbers, two of them if not said) to the right."""
    numbers = len(row) - figures
    pads = [" " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True)]
    cells = (p + c if n >= numbers else c + p for n, (c, p) in enumerate(zip(row, pads, strict=True)))
    return (" " * gap).join(cells).rstrip()


def dated(said: str, width: int) -> list[str]:
    """The line with the days of the account: on two lines, rather than a date on both."""
    if columns(said) <= width:
        return [said]
    first, _, rest = said.partition("; ")
    return [*wrapped(f"{first};", width), *wrapped(rest, width)]


def log_end(ledger: Ledger) -> str:
    return f"the log ends on {in_words(ledger.log_ends)}" if ledger.log_ends else "the log is empty"


def not_decided(ledger: Ledger, style: Style) -> list[str]:
    """In a final account nothing can still come: what waits for verification, and where the log ended too early."""
    waiting = tuple(item for item in ledger.pending if item.verdict != "open")
    unverified = still_open(waiting, style, ledger.as_of, "Nothing is paid for")
    unseen = [item.what for item in ledger.pending if item.verdict == "open"]
    if not unseen:
        return unverified
    names = ", ".join(unseen[:_MOST_NOTES]) + (f" and {len(unseen) - _MOST_NOTES} more" if unseen[_MOST_NOTES:] else "")
    said = f"The log ends before these were decided for everybody; nothing is paid where they were not: {names}."
    return [*unverified, *wrapped(said, style.width, "", "")]


def still_open(
    pending: tuple[Pending, ...], style: Style, as_of: date, head: str = "Nothing is paid yet for"
) -> list[str]:
    """What is not decided or not verified on the day of the account."""
    lines = [head]
    for item in pending:
        whose = f" of {item.subject}" if item.subject else ""
        others = f" and {item.count - 1:,} more" if item.count > 1 else ""
        said = f"{item.what}{whose}{others}: {item.verdict}{_until(item, as_of)}"
        lines += wrapped(said, style.width, "     ", style.drawn("   • "))
    return shortened(lines) if pending else []


def _until(item: Pending, as_of: date) -> str:
    """Until when; a day that is over decides nothing where the log ends before it."""
    if item.until is None:
        return ""
    if item.until <= as_of:
        return f"; its time was over on {in_words(item.until)}, and the log does not reach that day"
    return f" until {in_words(item.until)}{' at the earliest' if item.count > 1 else ''}"


def log_notes(reports: tuple[Report, ...], style: Style) -> list[str]:
    """Rows that did not count and other things to know, with the first place of each."""
    lines = ["About the log"]
    for report in reports:
        where = f" (row {report.row.id})" if report.row else ""
        more = f" {report.count:,} such rows." if report.count > 1 else ""
        said = f"{sentence(report.message).removesuffix('.')}{where}.{more}"
        lines += wrapped(said, style.width, "     ", style.drawn("   • "))
    return shortened(lines) if reports else []


def shortened(lines: list[str]) -> list[str]:
    left = len(lines) - 1 - _MOST_NOTES
    return lines if left <= 1 else [*lines[: _MOST_NOTES + 1], f"   and {left} lines more: see --format json"]
