"""A status as people read it, on a screen: sums by payment, what may still come by payment and outcome, and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from outcomelang.cli.days import in_words
from outcomelang.cli.findings import plural
from outcomelang.cli.statement import dated, log_notes, ruled
from outcomelang.core.money import count, money
from outcomelang.evaluation.ledger import Breach, LimitUse, Status, Undecided
from outcomelang.report.plain import one_line, wrapped
from outcomelang.report.style import Style

_MOST_SHOWN = 8


def status_text(status: Status, style: Style, everything: bool = False) -> str:
    """The whole text, ending in a line feed; safe to print. With `everything` each subject and limit by itself."""
    ends = f"the log ends on {in_words(status.log_ends)}" if status.log_ends else "the log is empty"
    day = f"Status as of {in_words(status.as_of)}; {ends}"
    waiting = [item for item in status.undecided if item.verdict != "open"]
    still = [item for item in status.undecided if item.verdict == "open"]
    undecided = "Not decided by the log; nothing can come of it any more" if status.final else "Still open"
    blocks = [
        [style.bold(one_line(status.contract)), *dated(day, style.width)],
        list(_table(status, style)) if status.payments else ["Nothing is due."],
        _listed("Awaiting verification", _items(status, waiting, everything), style, everything),
        _listed(undecided, _items(status, still, everything), style, everything),
        _listed("Limits", _limits(status, everything), style, everything),
        _listed("Assumed, and not so", _broken(status, everything), style, everything),
        log_notes(status.reports, style) if everything else [],
        [f"Contract {status.digest[:16]}{style.drawn('…')}, reference engine"],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _table(status: Status, style: Style) -> Iterator[str]:
    """A line for each payment, payer and payee, then what each payer comes to, where there are several, and the sum."""
    payees = len({line.payee for line in status.payments}) > 1
    rows = [["Payment", "Paid by", *(["Paid to"] if payees else []), "Due by then", "Due later"]]
    for line in status.payments:
        texts = [one_line(t) for t in (line.payment, line.payer, *([line.payee] if payees else []))]
        rows.append([*texts, _money(line.due, status), _money(line.later, status)])
    payers = list(dict.fromkeys(line.payer for line in status.payments))
    sums = [_sum(status, payer, len(rows[0])) for payer in payers] if len(payers) > 1 else []
    sums.append(_sum(status, None, len(rows[0])))
    yield from ruled(rows, sums, style)


def _sum(status: Status, payer: str | None, width: int) -> list[str]:
    lines = [line for line in status.payments if payer in (None, line.payer)]
    due, later = sum((line.due for line in lines), Fraction(0)), sum((line.later for line in lines), Fraction(0))
    head = ["Total", "" if payer is None else one_line(payer)]
    return [*head, *[""] * (width - 4), _money(due, status), _money(later, status)]


def _items(status: Status, items: Sequence[Undecided], everything: bool) -> list[str]:
    if everything:
        return [_said(status, [item]) for item in items]
    groups: dict[tuple[str, str], list[Undecided]] = {}
    for item in items:
        groups.setdefault((item.payment, item.what), []).append(item)
    return [_said(status, group) for group in groups.values()]


def _said(status: Status, group: Sequence[Undecided]) -> str:
    """`Job Kept at 26 weeks of Ann and 3 more (Second Fee): 7 April 2026 to 1 May 2026, worth at most £2,200.00`."""
    first = group[0]
    whose = [text for text in (first.subject, first.period) if text]
    of = f" of {', '.join(dict.fromkeys(whose))}" if whose else ""
    more = f" and {len(group) - 1:,} more" if len(group) > 1 else ""
    under = f" ({first.payment})" if first.payment != first.what else ""
    days = [item.until for item in group if item.until is not None]
    until = ""
    if days:
        latest = f" at the earliest, {in_words(max(days))} at the latest" if min(days) != max(days) else ""
        until = f"until {in_words(min(days))}{latest}"
        if max(days) <= status.as_of:
            until = f"its time was over on {in_words(max(days))}, and the log does not reach that day"
    if status.final and first.verdict == "open":
        return f"{first.what}{of}{more}{under}"
    parts = ", ".join(part for part in (until, _worth(status, group)) if part)
    return f"{first.what}{of}{more}{under}: {parts}"


def _worth(status: Status, group: Sequence[Undecided]) -> str:
    known = [item.worth for item in group if item.worth is not None]
    total = sum(known, Fraction(0))
    if not known:
        return "worth what is not known yet"
    said = f"at most {_money(-total, status)} to repay" if total < 0 else f"worth at most {_money(total, status)}"
    unknown = len(group) - len(known)
    return said + (f", and for {unknown:,} of them what is not known yet" if unknown else "")


def _limits(status: Status, everything: bool) -> list[str]:
    """Each limit; of one for each of many subjects how many have used it up, unless everything is wanted."""
    groups: dict[tuple[str, str, str], list[LimitUse]] = {}
    for use in status.limits:
        groups.setdefault((use.title, use.clause, use.period), []).append(use)
    said: list[str] = []
    for uses in groups.values():
        if everything or not uses[0].subject or len(uses) <= 2:
            said += [_use(status, use) for use in uses]
        else:
            said.append(_of_many(uses))
    return said


def _head(use: LimitUse) -> str:
    period = f", {use.period}" if use.period else ""
    return f"{use.title}{f' (clause {use.clause})' if use.clause else ''}{period}"


def _use(status: Status, use: LimitUse) -> str:
    def text(amount: Fraction) -> str:
        return _money(amount, status) if use.kind == "money" else count(amount)

    whose = f", {use.subject}" if use.subject and use.subject != use.period else ""
    if use.most is None:
        return f"{_head(use)}{whose}: it has no value; nothing is paid under it"
    return f"{_head(use)}{whose}: {text(use.used)} of {text(use.most)} used, {text(use.left)} left"


def _of_many(uses: Sequence[LimitUse]) -> str:
    full = sum(1 for use in uses if not use.left)
    return f"{_head(uses[0])}: used up for {full:,} of {plural(len(uses), 'subject')}; see --verbose"


def _broken(status: Status, everything: bool) -> list[str]:
    """Each assumption that the log breaks: since when, and for whom first."""
    said = []
    for assumed in status.assumptions:
        if assumed.held == "broken":
            places = [_where(breach) for breach in assumed.where]
            shown = places if everything else places[:1]
            more = f" and {len(places) - len(shown):,} more" if len(places) > len(shown) else ""
            said.append(f"{assumed.said} ({assumed.file}:{assumed.line}) Broken{';'.join(shown)}{more}.")
    return said


def _where(breach: Breach) -> str:
    whom = ", ".join(text for text in (breach.subject, breach.period) if text)
    day = f" on {in_words(breach.day)}" if breach.day is not None else ""
    return f"{f' for {whom}' if whom else ''}{day}"


def _listed(head: str, items: list[str], style: Style, everything: bool) -> list[str]:
    if not items:
        return []
    lines = [head]
    shown = items if everything or len(items) <= _MOST_SHOWN + 1 else items[:_MOST_SHOWN]
    for item in shown:
        lines += wrapped(one_line(item), style.width, "     ", style.drawn("   • "))
    left = len(items) - len(shown)
    return [*lines, f"   and {left:,} more: see --verbose"] if left else lines


def _money(amount: Fraction, status: Status) -> str:
    return money(amount, status.currency, status.minor_digits)
