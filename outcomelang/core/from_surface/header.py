"""Who the contract is between, its money and its dates."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TypeVar

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration, name_of
from outcomelang.core.from_surface.literals import whole_minor
from outcomelang.core.from_surface.refs import number_words
from outcomelang.core.scope import Sort
from outcomelang.diagnostic import Remedy
from outcomelang.source import Span
from outcomelang.surface import ast

C = TypeVar(
    "C", ast.Header, ast.Purpose, ast.Currency, ast.ContractTerm, ast.Claims, ast.Value, ast.Rounding, ast.Holidays
)


@frozen
class HeaderCore:
    """The header's part of a contract."""

    title: str
    purpose: str
    currency: str
    first_day: date | None
    last_day: date | None
    last_claim: date | None
    value: int | None
    rounding: ast.Rounding | None
    parties: tuple[ir.Party, ...]
    joint_parties: tuple[ir.JointParty, ...]


def the(e: Elaboration, file: ast.File, kind: type[C], words: str) -> C | None:
    """The one clause of a kind that may stand once; a second one is reported with both places."""
    found = [clause for clause in file.clauses if isinstance(clause, kind)]
    for again in found[1:]:
        e.say(
            "clause-given-twice",
            again.span,
            f"This contract has two clauses for {words}, and they cannot both hold.",
            label="given again",
            related=((found[0].span, "given here first"),),
        )
    return found[0] if found else None


def currency(e: Elaboration, file: ast.File) -> None:
    """The currency of the contract, needed before any amount is read."""
    clause = the(e, file, ast.Currency, "its currency")
    e.currency = clause.code if clause is not None else ""
    value = the(e, file, ast.Value, "its value")
    e.value = Fraction(whole_minor(e, value.amount)) if value is not None else None


def header(e: Elaboration, file: ast.File, complete: bool) -> HeaderCore:
    """Title, term, parties: everything that stands at the head."""
    title = the(e, file, ast.Header, "its title")
    purpose = the(e, file, ast.Purpose, "its purpose")
    term = the(e, file, ast.ContractTerm, "its term")
    claims = the(e, file, ast.Claims, "its last day for claims")
    e.last_day = term.last.day if term is not None else None
    start = _start(file)
    if complete:
        _missing(e, start, title, term, claims)
    _dates(e, term, claims)
    return HeaderCore(
        title.title.value if title is not None else "",
        purpose.text.value if purpose is not None else "",
        e.currency,
        term.first.day if term is not None else None,
        term.last.day if term is not None else None,
        claims.last.day if claims is not None else None,
        int(e.value) if e.value is not None else None,
        the(e, file, ast.Rounding, "rounding"),
        tuple(_party(e, clause) for clause in file.clauses if isinstance(clause, ast.Party)),
        tuple(_joint(e, clause) for clause in file.clauses if isinstance(clause, ast.Joint)),
    )


def _start(file: ast.File) -> Span:
    return file.clauses[0].span if file.clauses else Span(file.path, 1, 1, 1, 1)


def _missing(
    e: Elaboration, start: Span, title: ast.Header | None, term: ast.ContractTerm | None, claims: ast.Claims | None
) -> None:
    missing = (
        ("title-missing", title, "Nothing says which contract this is.", 'contract "…"'),
        (
            "currency-missing",
            e.currency or None,
            "Nothing can be paid: the contract does not say in what money.",
            "currency GBP",
        ),
        (
            "term-missing",
            term,
            "Nothing can be paid: the contract does not say when it begins and ends.",
            "term beginning on 1 April 2025 and ending on 31 March 2028",
        ),
        (
            "claims-missing",
            claims,
            "The final account has no day: the contract does not say until when payments can be claimed.",
            "claims up to and including 30 September 2028",
        ),
    )
    for name, found, message, remedy in missing:
        if found is None:
            e.say(name, start, message, label="not said anywhere in this contract", remedies=(Remedy(remedy),))


def _dates(e: Elaboration, term: ast.ContractTerm | None, claims: ast.Claims | None) -> None:
    if term is not None and term.last.day < term.first.day:
        e.say(
            "dates-out-of-order",
            term.span,
            "The contract would end before it begins.",
            label="the last day is before the first",
        )
    if term is not None and claims is not None and claims.last.day < term.last.day:
        e.say(
            "dates-out-of-order",
            claims.span,
            "What is achieved at the end of the term could not be claimed any more.",
            label="before the last day of the term",
            related=((term.span, "the term"),),
        )


def _party(e: Elaboration, clause: ast.Party) -> ir.Party:
    description = clause.description.value if clause.description is not None else ""
    return ir.Party(
        name_of(clause),
        clause.role,
        description,
        clause.independent,
        logged(clause.logged),
        logged_from(e, clause.logged),
        origin=e.at(clause.span),
    )


def logged(*found: ast.Logged | None) -> tuple[str, ...]:
    """How the log spells a name at any time."""
    return tuple(each.text.value for each in found if each is not None and each.since is None)


def logged_from(e: Elaboration, *found: ast.Logged | None) -> tuple[ir.Spelling, ...]:
    """How the log spells a name from a day on."""
    return tuple(
        ir.Spelling(each.text.value, each.since.day, origin=e.at(each.span))
        for each in found
        if each is not None and each.since is not None
    )


def at_any_time(e: Elaboration, *found: ast.Logged | None) -> tuple[str, ...]:
    """As `logged`, of what keeps one spelling: a column of the log, or an outcome."""
    for each in found:
        if each is not None and each.since is not None:
            words = f"logged as “{each.text.value}” from a day on"
            e.refuse("columns and outcomes that are spelt otherwise from a day on", each.span, words)
    return logged(*found)


def _joint(e: Elaboration, clause: ast.Joint) -> ir.JointParty:
    shares = []
    for share in clause.shares:
        party = e.find(share.party, "each who pays a share", Sort.PARTY)
        shares.append((party.name if party is not None else "", share.share.value))
    _shares_add_up(e, clause, sum((share for _, share in shares), Fraction(0)))
    odd = e.find(clause.odd_unit_to, "who pays the odd penny", Sort.PARTY) if clause.odd_unit_to is not None else None
    names = [name for name, _ in shares]
    if odd is not None and clause.odd_unit_to is not None and all(names) and odd.name not in names:
        e.say(
            "wrong-kind-of-name",
            clause.odd_unit_to.span,
            f"“{clause.odd_unit_to.text}” has no share of {name_of(clause)}, so no odd penny can fall to it.",
            label="not one of those who share",
        )
    return ir.JointParty(
        name_of(clause), tuple(shares), odd.name if odd is not None else None, origin=e.at(clause.span)
    )


def _shares_add_up(e: Elaboration, clause: ast.Joint, total: Fraction) -> None:
    if total == 1:
        return
    rest = number_words(abs(1 - total) * 100)
    unpaid = f"{rest}% of every payment would be paid by nobody" if total < 1 else f"{rest}% would be paid twice"
    e.say(
        "shares-do-not-add-up",
        clause.span,
        f"The shares of {name_of(clause)} add up to {number_words(total * 100)}%: {unpaid}.",
        label=f"{number_words(total * 100)}% in all",
    )
