"""An account since an earlier one, as people read it: what stood, what is adjusted and why, what stands now."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from outcomelang.cli.days import in_words
from outcomelang.cli.findings import plural
from outcomelang.cli.statement import dated, log_end, log_notes, named, not_decided, ruled, still_open
from outcomelang.core.money import money
from outcomelang.evaluation.ledger import Adjustment, Ledger
from outcomelang.report.plain import one_line, wrapped
from outcomelang.report.style import Style

_MOST_SHOWN = 10


def statement_since(ledger: Ledger, style: Style) -> str:
    """The whole statement, ending in a line feed; safe to print."""
    earlier = ledger.accounts[-2]
    account = f"{'Final account' if ledger.final else 'Account'} as of {in_words(ledger.as_of)}; {log_end(ledger)}"
    since = f"Adjustments to the account as of {in_words(earlier.as_of)}, which stays as it was"
    blocks = [
        [style.bold(one_line(ledger.contract)), *dated(account, style.width), *wrapped(since, style.width)],
        list(table(ledger, style)),
        adjustments(ledger, style),
        not_decided(ledger, style) if ledger.final else still_open(ledger.pending, style, ledger.as_of),
        log_notes(ledger.reports, style),
        [named(ledger, style)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def table(ledger: Ledger, style: Style) -> Iterator[str]:
    """Payment, payer and payee with what they had, what is adjusted and what they have; then the total."""
    sums = _sums(ledger)
    payees = len({payee for _, _, payee in sums}) > 1
    rows = [["Payment", "Paid by", *(["Paid to"] if payees else []), "Earlier", "Adjusted", "Now"]]
    for (payment, payer, payee), (now, adjusted) in sums.items():
        texts = [one_line(text) for text in (payment, payer, *([payee] if payees else []))]
        rows.append([*texts, *(_money(amount, ledger) for amount in (now - adjusted, adjusted, now))])
    before = ledger.accounts[-2].total
    sums_of_all = [_money(Fraction(amount), ledger) for amount in (before, ledger.total - before, ledger.total)]
    total = ["Total", *[""] * (len(rows[0]) - 4), *sums_of_all]
    yield from ruled(rows, [total], style, 3)


def _sums(ledger: Ledger) -> dict[tuple[str, str, str], tuple[Fraction, Fraction]]:
    """What stands now, and what of it is adjusted, by payment, payer and payee in the order of the statement."""
    now: dict[tuple[str, str, str], Fraction] = {}
    adjusted: dict[tuple[str, str, str], Fraction] = {}
    for each in ledger.accounts[-1].adjustments:
        key = each.payment, each.payer, each.payee
        adjusted[key] = adjusted.get(key, Fraction(0)) + each.amount
    for entry in ledger.entries:
        key = entry.payment, entry.payer, entry.payee
        now[key] = now.get(key, Fraction(0)) + entry.amount
    order = sorted({**now, **adjusted}, key=lambda key: _rank(ledger, *key))
    return {key: (now.get(key, Fraction(0)), adjusted.get(key, Fraction(0))) for key in order}


def _rank(ledger: Ledger, payment: str, payer: str, payee: str) -> int:
    """Where the line, or the first of the lines that it is split into, stands in the statement; the gone come last."""
    for position, line in enumerate(ledger.lines):
        name = line.payment
        if (line.payer, line.payee) == (payer, payee) and (name == payment or name.startswith(f"{payment}, ")):
            return position
    return len(ledger.lines)


def adjustments(ledger: Ledger, style: Style) -> list[str]:
    """Each adjustment that moves money: its amount, the entry, the reason; how many change only what stands behind."""
    made = ledger.accounts[-1].adjustments
    moving = [each for each in made if each.amount]
    lines = ["Adjustments" if moving else "No amount is adjusted."]
    reversed_before = ""
    for each in moving[:_MOST_SHOWN]:
        why = "" if each.entry == reversed_before else f": {each.why}"
        reversed_before = each.entry if each.kind == "reversal" else ""
        said = f"{_money(each.amount, ledger)}  {_what(each)}{why}"
        lines += wrapped(one_line(said), style.width, "     ", style.drawn("   • "))
    if len(moving) > _MOST_SHOWN:
        lines.append(f"   and {len(moving) - _MOST_SHOWN:,} more: see --format json or csv")
    if quiet := len(made) - len(moving):
        lines.append(f"{plural(quiet, 'entry', 'entries')} changed without an amount: see --format json or csv.")
    return lines


def _what(adjustment: Adjustment) -> str:
    day = in_words(adjustment.due or adjustment.day)
    words = {"new": f"new on {day}", "reversal": f"of {day} reversed", "difference": "changed"}
    period = f", {adjustment.period}" if adjustment.period not in ("", adjustment.subject) else ""
    return f"{adjustment.entry} {words[adjustment.kind]}{period}"


def _money(amount: Fraction, ledger: Ledger) -> str:
    return money(amount, ledger.currency, ledger.minor_digits)
