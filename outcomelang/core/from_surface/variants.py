"""Variants: `contract "…" based on "FILE"` and then `change`, `delete`, `insert`, done on the tree as written.

The base's clauses come first, in their order, with the header clauses that the variant gives anew and without the
base's examples, which are proofs of the base. Then each change is made in the order of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from posixpath import dirname, join, normpath
from typing import assert_never

from attrs import Factory, define

from outcomelang.core.diagnostics import code_of
from outcomelang.core.from_surface.context import Elaboration
from outcomelang.core.from_surface.declare import declared
from outcomelang.core.from_surface.questions import question
from outcomelang.core.from_surface.refs import rung_of
from outcomelang.core.scope import Scope, Sort, plural_of, singulars_of, spelling
from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.source import Source, Span
from outcomelang.surface import ast
from outcomelang.tree import evolve

Read = Callable[[str], tuple[tuple[Source, ...], ast.File, tuple[Diagnostic, ...]]]
"""Reads and parses the file at a path with the review beside it; raises OSError or UnicodeDecodeError where there is
no such file to read."""


MOST_BASES = 50
"""How many contracts may be based on one another, one after the other."""


def expand(file: ast.File, read: Read) -> tuple[ast.File, tuple[Source, ...], tuple[Diagnostic, ...]]:
    """The file with its base worked in, the sources read on the way, and what is wrong with bases and changes.

    When the base cannot be read there is nothing to change: the file then has no clauses left.
    """
    return _expanded(file, read, (normpath(file.path),))


def _expanded(
    file: ast.File, read: Read, under_way: tuple[str, ...]
) -> tuple[ast.File, tuple[Source, ...], tuple[Diagnostic, ...]]:
    header = next((clause for clause in file.clauses if isinstance(clause, ast.Header)), None)
    if header is None or header.based_on is None:
        return file, (), ()
    path = normpath(join(dirname(file.path), header.based_on.value))
    endless = _endless(header.based_on, path, under_way)
    if endless is not None:
        return ast.File(file.path, ()), (), (endless,)
    try:
        own_sources, base, said = read(path)
    except (OSError, UnicodeDecodeError) as error:
        return ast.File(file.path, ()), (), (_unreadable(header.based_on, path, error),)
    base, sources, deeper = _expanded(base, read, (*under_way, path))
    if deeper and not base.clauses:
        return ast.File(file.path, ()), (*own_sources, *sources), (*said, *deeper)
    signed, amended = without_amendments(_inherited(base, file))
    own, amending = without_amendments(file.clauses)
    changes = Changes(list(signed), {spelling(term.text) for term in base.unread})
    changes.make(own)
    unread = (*base.unread, *file.unread)
    return (
        ast.File(file.path, (*changes.clauses, *amended, *amending), unread),
        (*own_sources, *sources),
        (*said, *deeper, *changes.findings),
    )


def _endless(based_on: ast.Text, path: str, under_way: tuple[str, ...]) -> Diagnostic | None:
    """What is wrong with a base that leads back to where one came from, or too far."""
    if path in under_way:
        chain = " → ".join([*under_way[under_way.index(path) :], path])
        message = f"This contract has no beginning: it is based on itself ({chain})."
        return _finding("base-in-a-circle", based_on.span, message)
    if len(under_way) > MOST_BASES:
        message = f"The contract that this one changes is not known: {MOST_BASES} before it are based on one another."
        return _finding("base-not-found", based_on.span, message)
    return None


def _unreadable(based_on: ast.Text, path: str, error: Exception) -> Diagnostic:
    missing = isinstance(error, FileNotFoundError)
    why = "there is no such file" if missing else "it cannot be read as text"
    message = f"The contract that this one changes is not known: {why} at {path}."
    remedy = Remedy("based on “…”", "the file is looked for beside this one")
    return _finding("base-not-found", based_on.span, message, remedies=(remedy,))


def _finding(name: str, span: Span, message: str, label: str = "", remedies: tuple[Remedy, ...] = ()) -> Diagnostic:
    return Diagnostic(code_of(name), name, message, span, label=label, remedies=remedies)


_REPLACED = (
    ast.Header, ast.Purpose, ast.Currency, ast.ContractTerm, ast.Claims, ast.Value, ast.Rounding, ast.Holidays,
)  # fmt: skip


def _inherited(base: ast.File, file: ast.File) -> list[ast.Clause]:
    """What the base hands down: its clauses without its examples and without header fields given anew."""
    anew = tuple(type(clause) for clause in file.clauses if isinstance(clause, _REPLACED))
    return [clause for clause in base.clauses if not isinstance(clause, (ast.Example, ast.Header, *anew))]


Change = ast.ChangeTo | ast.Delete | ast.Insert | ast.Joins


def without_amendments(clauses: Iterable[ast.Clause]) -> tuple[tuple[ast.Clause, ...], tuple[ast.Clause, ...]]:
    """The terms as signed, and the amendments, each with the changes that follow it."""
    signed: list[ast.Clause] = []
    amending: list[ast.Clause] = []
    for clause in clauses:
        if isinstance(clause, ast.Amendment) or (amending and isinstance(clause, Change)):
            amending.append(clause)
        else:
            signed.append(clause)
    return tuple(signed), tuple(amending)


@define
class Changes:
    """The clauses of a contract while they are being changed. `whose` begins the sentence that something is missing."""

    clauses: list[ast.Clause]
    unread: set[str]
    whose: str = "The contract that this one is based on"
    findings: list[Diagnostic] = Factory(list)
    deleted: set[str] = Factory(set)
    _places_of: dict[str, list[int]] | None = None
    _names: dict[int, tuple[ast.Clause, str | None]] = Factory(dict)

    def make(self, changes: Iterable[ast.Clause]) -> None:
        """Every change, deletion and insertion in turn; other clauses are taken as they are."""
        before = self.clauses[:]
        for clause in changes:
            match clause:
                case ast.ChangeTo():
                    self._change(clause)
                case ast.Delete():
                    self._delete(clause)
                case ast.Insert(clause=ast.Amendment()):
                    message = (
                        "An amendment stands by itself, and what it changes follows it: inserted, it changes nothing."
                    )
                    self.findings.append(
                        _finding("change-does-not-fit", clause.span, message, label="without “insert”")
                    )
                case ast.Insert():
                    self.clauses.append(clause.clause)
                case ast.Joins():
                    self.clauses.append(clause.party)
                case ast.Header():
                    self.clauses.insert(0, clause)
                case _:
                    self.clauses.append(clause)
            if not isinstance(clause, ast.ChangeTo):
                self._places_of = None
        if self.deleted:
            self._fall_away(before)

    def _fall_away(self, before: list[ast.Clause]) -> None:
        """What is assumed, spent or gained is nameless, so nobody could delete it: it goes with what it speaks of."""
        gone = self.deleted - {name for clause in self.clauses if (name := _name(clause)) is not None}
        falling = [clause for clause in before if isinstance(clause, ast.Assume | ast.Cost | ast.Benefit)]
        idle = {id(c) for c in falling if any(_refers(term.text, name) for term in _terms_in(c) for name in gone)}
        self.clauses = [clause for clause in self.clauses if id(clause) not in idle]

    # ------------------------------------------------------------ what a change is made to

    def _places(self, target: ast.Term | ast.LimitOn) -> list[int]:
        if isinstance(target, ast.LimitOn):
            found = [
                i for i, c in enumerate(self.clauses) if isinstance(c, ast.Limit) and _same(c.limited, target.limited)
            ]
        else:
            named = self._by_name()
            exact = named.get(spelling(target.text), [])
            found = exact or sorted(i for name, places in named.items() if _refers(target.text, name) for i in places)
        unread = isinstance(target, ast.Term) and spelling(target.text) in self.unread
        if not found and not unread:
            self._nothing(target)
        return found

    def _by_name(self) -> dict[str, list[int]]:
        """The places of every name; a change of an amount leaves them, what is inserted or deleted does not."""
        if self._places_of is None:
            self._places_of = {}
            for place, clause in enumerate(self.clauses):
                known = self._names.get(id(clause))
                if known is None or known[0] is not clause:
                    known = self._names[id(clause)] = clause, _name(clause)
                if known[1] is not None:
                    self._places_of.setdefault(known[1], []).append(place)
        return self._places_of

    def _nothing(self, target: ast.Term | ast.LimitOn) -> None:
        message, near = f"{self.whose} has no such limit.", self._nearest("")
        if isinstance(target, ast.Term):
            message = f"{self.whose} has no “{target.text}”."
            near = self._nearest(target.text)
        label = f"did you mean “{near[0]}”?" if near else "not there"
        remedies = tuple(Remedy(name) for name in near)
        self.findings.append(_finding("nothing-to-change", target.span, message, label=label, remedies=remedies))

    def _nearest(self, text: str) -> tuple[str, ...]:
        scope = Scope()
        for clause in self.clauses:
            found = declared(clause)
            if found is not None:
                scope.declare(found[0].text, None, Sort.UNREAD, found[0].span)
        return scope.nearest(text)

    # ------------------------------------------------------------ delete

    def _delete(self, clause: ast.Delete) -> None:
        for place in reversed(self._places(clause.target)):
            gone = self.clauses.pop(place)
            self.deleted.update(filter(None, [_name(gone)]))
            if isinstance(gone, ast.Outcome):
                self._delete_lines(spelling(gone.name.text))

    def _delete_lines(self, outcome: str) -> None:
        """An outcome that is gone is priced no longer."""
        for place, clause in enumerate(self.clauses):
            if isinstance(clause, ast.RateCard):
                lines = tuple(line for line in clause.lines if not _refers(line.outcome.term.text, outcome))
                self.clauses[place] = evolve(clause, lines=lines)

    # ------------------------------------------------------------ change

    def _change(self, change: ast.ChangeTo) -> None:
        for place in self._places(change.target):
            changed = self._changed(self.clauses[place], change)
            if changed is None:
                self._misfit(self.clauses[place], change)
            else:
                self.clauses[place] = changed

    def _changed(self, clause: ast.Clause, change: ast.ChangeTo) -> ast.Clause | None:
        """The clause with its new amount, quantity or condition; None where that is no part of such a clause."""
        to = change.to
        if isinstance(to, tuple):
            return _with_modifiers(clause, to) if isinstance(clause, ast.Outcome) else None
        match clause:
            case ast.Payment() if not change.rows:
                return evolve(clause, amount=to)
            case ast.Define() if not change.rows:
                return evolve(clause, quantity=to)
            case ast.Limit() if not change.rows:
                return evolve(clause, to=to)
            case ast.Table() if isinstance(
                to, ast.Money | ast.Percent | ast.Points | ast.Number | ast.Duration | ast.Date
            ):
                return _with_value(clause, change.rows, to)
            case _:
                return None

    def _misfit(self, clause: ast.Clause, change: ast.ChangeTo) -> None:
        wanted = {
            ast.Outcome: "an outcome is changed to its new parts: when …, within …, once",
            ast.Payment: "a payment is changed to its new amount",
            ast.Define: "a definition is changed to its new quantity",
            ast.Limit: "a limit is changed to its new amount or number",
            ast.Table: "a table is changed row by row, and the row must be there: change … to £… for “…”",
        }.get(type(clause), "such a clause is deleted and inserted anew")
        name = _name(clause) or "this limit"
        message = f"It is not clear what becomes of {name}: {wanted}."
        self.findings.append(_finding("change-does-not-fit", change.span, message, label="does not fit"))


def _with_value(table: ast.Table, keys: tuple[ast.RowKey, ...], value: ast.Literal_ | ast.Date) -> ast.Table | None:
    rows = [evolve(row, value=value) if row.keys == keys else row for row in table.rows]
    return evolve(table, rows=tuple(rows)) if any(row.keys == keys for row in table.rows) else None


def _with_modifiers(outcome: ast.Outcome, new: tuple[ast.OutcomeModifier, ...]) -> ast.Outcome:
    """The outcome with the parts that are given anew; the others stay."""
    anew = {question(modifier) for modifier in new}
    kept = tuple(modifier for modifier in outcome.modifiers if question(modifier) not in anew)
    return evolve(outcome, modifiers=(*kept, *new))


# ---------------------------------------------------------------- which clause is meant


def _name(clause: ast.Clause) -> str | None:
    found = declared(clause)
    return spelling(found[0].text) if found is not None else None


def _terms_in(node: object) -> Iterator[ast.Term]:
    """Every name that a clause uses."""
    if isinstance(node, ast.Term):
        yield node
    elif isinstance(node, ast.Node):
        fields: tuple[str, ...] = node.__match_args__
        for field in fields:
            yield from _terms_in(getattr(node, field))
    elif isinstance(node, tuple):
        for each in node:
            yield from _terms_in(each)


def _refers(text: str, name: str) -> bool:
    word = spelling(text)
    return word in (name, plural_of(name), *singulars_of(name))


def _same(one: ast.Limited, other: ast.Limited) -> bool:
    match one, other:
        case ast.AllPayments(payer), ast.AllPayments(wanted):
            return (payer is None) == (wanted is None) and (
                payer is None or wanted is None or _refers(wanted.text, spelling(payer.text))
            )
        case ast.EachLineOf(card), ast.EachLineOf(wanted):
            return _refers(wanted.text, spelling(card.text))
        case ast.NamedPayments(selects), ast.NamedPayments(wanted):
            return len(selects) == len(wanted) and all(
                _same_select(mine, theirs) for mine, theirs in zip(selects, wanted, strict=True)
            )
        case _:
            return False


def _same_select(one: ast.Select, other: ast.Select) -> bool:
    if not _refers(other.head.term.text, spelling(one.head.term.text)) or one.counted != other.counted:
        return False
    if one.head.at is None or other.head.at is None:
        return one.head.at is other.head.at
    return rung_of(one.head.at) == rung_of(other.head.at)


# ---------------------------------------------------------------- changes without a base


def misplaced_changes(e: Elaboration, file: ast.File) -> None:
    """Report changes that are left over: nothing says what they change."""
    for clause in file.clauses:
        if isinstance(clause, Change):
            _without_base(e, clause)


def _without_base(e: Elaboration, clause: Change) -> None:
    match clause:
        case ast.ChangeTo():
            verb = "change"
        case ast.Delete():
            verb = "delete"
        case ast.Insert():
            verb = "insert"
        case ast.Joins():
            verb = "joins"
        case _:
            assert_never(clause)
    e.say(
        "change-without-base",
        clause.span,
        f"It is not said which contract this “{verb}” is made to.",
        label="to which contract?",
        remedies=(Remedy('contract "…" based on "contract.outcome"'), Remedy("amendment 1 effective …")),
    )
