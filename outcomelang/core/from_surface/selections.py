"""Selections: which rows, people, members or achievements are meant, and what each word after the name narrows.

Order decides what a window belongs to. After `with DATE-ATTRIBUTE` it lies over that attribute; in a selection of
people, after `with EVENT` it lies over that event; everywhere else over the thing selected. `with ATTRIBUTE` after
`with EVENT` speaks of that event where the event has such an attribute.
"""

from __future__ import annotations

from typing import assert_never

from attrs import define, frozen

from outcomelang.core import ir
from outcomelang.core.from_surface import refs, windows
from outcomelang.core.from_surface.attribute_tests import attribute_tests, labels_of
from outcomelang.core.from_surface.context import Elaboration, Scene
from outcomelang.core.scope import AttributeSymbol, Sort, Symbol
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast
from outcomelang.tree import evolve

_COUNTABLE = (Sort.EVENT, Sort.OUTCOME, Sort.POPULATION, Sort.COMPARISON, Sort.MEMBER, Sort.PERIOD)


@frozen
class Selected:
    """A selection and, if `per` was written, the people by whose number it is divided."""

    select: ir.Select
    per: ir.Select | None


@define
class _Draft:
    """A selection while its words are read: a window belongs to the attribute `dated`, else to the test `has`."""

    domain: ir.Domain
    event: str | None
    tests: list[ir.Test]
    window: ir.Window | None = None
    among: str | None = None
    per: ir.Domain | None = None
    dated: str | None = None
    has: ir.Has | None = None


def select(e: Elaboration, written: ast.Select, here: Scene) -> Selected | None:
    """A selection of things that can be counted."""
    domain = head(e, written.head, here)
    if domain is None:
        _read_on(e, written)
        return None
    return narrowed(e, domain, written.counted, here)


def _read_on(e: Elaboration, written: ast.Select) -> None:
    """Names after a head that means nothing still have to be declared somewhere."""
    for part in written.counted:
        if isinstance(part, ast.Among | ast.Per):
            e.find(part.term, "who is counted", Sort.POPULATION, Sort.COMPARISON, Sort.MEMBER)


def head(e: Elaboration, ref: ast.Ref, here: Scene) -> ir.Domain | None:
    """What a selection is of."""
    symbol = refs.named(e, ref, "what is counted", *_COUNTABLE)
    if symbol is None:
        return None
    match symbol.sort:
        case Sort.EVENT:
            return ir.Rows(symbol.name)
        case Sort.POPULATION | Sort.COMPARISON:
            return ir.People(symbol.name)
        case Sort.MEMBER:
            return ir.Members(symbol.name)
        case Sort.PERIOD:
            return ir.Periods(symbol.name)
        case _:
            name = refs.outcome(e, ref, here)
            return ir.Achievements(name) if name is not None else None


def event_of_domain(e: Elaboration, domain: ir.Domain) -> str | None:
    """The event whose attributes the things of a domain carry."""
    match domain:
        case ir.Rows():
            return domain.event
        case ir.Members():
            member = e.members.get(domain.member)
            return member.event if member is not None else None
        case ir.People():
            ways = e.populations.get(domain.population, ())
            return ways[0] if ways else None
        case ir.Achievements():
            return e.row_outcomes.get(domain.outcome)
        case ir.Periods():
            return None
        case _:
            assert_never(domain)


def narrowed(e: Elaboration, domain: ir.Domain, counted: tuple[ast.Counted, ...], here: Scene) -> Selected:
    """A selection of a known domain, narrowed by the words that follow its name."""
    draft = _Draft(domain, event_of_domain(e, domain), [])
    inner = _scene_within(e, domain, here)
    for part in counted:
        match part:
            case ast.With():
                _with(e, draft, part, inner)
            case ast.Without():
                _without(e, draft, part)
            case ast.After() | ast.Before() | ast.BeginningWith() | ast.SamePeriod() | ast.Between() | ast.On():
                _window(e, draft, part, windows.window(e, part, inner))
            case ast.Among():
                _once(e, part, draft.among)
                symbol = e.find(part.term, "those among whom one counts", Sort.COMPARISON, Sort.POPULATION)
                draft.among = symbol.name if symbol is not None else draft.among
            case ast.Per():
                _once(e, part, draft.per)
                draft.per = _heads(e, part.term) or draft.per
            case _:
                assert_never(part)
    _flush(draft)
    chosen = ir.Select(domain, tuple(draft.tests), draft.window, draft.among)
    return Selected(chosen, ir.Select(draft.per, among=draft.among) if draft.per is not None else None)


def _scene_within(e: Elaboration, domain: ir.Domain, here: Scene) -> Scene:
    """Whose days the windows inside a selection are: the joining of the people selected, or of each row's person."""
    match domain:
        case ir.People():
            base = e.comparisons.get(domain.population, domain.population)
            return evolve(here, populations=(domain.population, base))
        case ir.Rows() | ir.Members() | ir.Achievements() | ir.Periods():
            return here
        case _:
            assert_never(domain)


def _heads(e: Elaboration, term: ast.Term) -> ir.Domain | None:
    symbol = e.find(term, "the number of heads", Sort.POPULATION, Sort.MEMBER)
    if symbol is None:
        return None
    return ir.People(symbol.name) if symbol.sort is Sort.POPULATION else ir.Members(symbol.name)


def _window(e: Elaboration, draft: _Draft, part: ast.Window, window: ir.Window) -> None:
    if draft.dated is not None:
        test: ir.Test = ir.AttributeDated(draft.dated, window, origin=window.origin)
        if draft.has is not None:
            draft.has = _tested(draft.has, test)
        else:
            draft.tests.append(test)
        draft.dated = None
    elif draft.has is not None and isinstance(draft.domain, ir.People | ir.Members):
        _once(e, part, draft.has.select.window)
        draft.has = evolve(draft.has, select=evolve(draft.has.select, window=window))
    else:
        _once(e, part, draft.window)
        draft.window = window


def _once(e: Elaboration, part: ast.Node, known: object) -> None:
    if known is not None:
        e.say(
            "said-twice",
            part.span,
            "It is said twice which ones are counted, and nobody can tell which of the two holds.",
            label="said again",
            remedies=(Remedy("define …", "counts in one of the windows; the condition then names both"),),
        )


def _tested(has: ir.Has, test: ir.Test) -> ir.Has:
    return evolve(has, select=evolve(has.select, tests=(*has.select.tests, test)))


def _flush(draft: _Draft) -> None:
    """A `with EVENT` is complete when the next one begins."""
    if draft.dated is not None:
        given: ir.Test = ir.AttributeGiven(draft.dated)
        if draft.has is not None:
            draft.has = _tested(draft.has, given)
        else:
            draft.tests.append(given)
        draft.dated = None
    if draft.has is not None:
        draft.tests.append(draft.has)
        draft.has = None


def _with(e: Elaboration, draft: _Draft, part: ast.With, here: Scene) -> None:
    attribute = _attribute_meant(e, draft, part)
    if attribute is not None:
        refs.must_be_stepless(e, refs.had(part), attribute.name, "what a row carries")
        _with_attribute(e, draft, part, attribute)
        return
    _flush(draft)
    symbol = e.scope.find(part.term.text)
    if symbol is not None and symbol.sort is Sort.UNREAD:
        return
    if symbol is not None and symbol.sort is Sort.GROUP:
        refs.must_be_stepless(e, refs.had(part), symbol.name, str(symbol.sort))
        draft.tests.append(_in_group(e, part, symbol))
    elif symbol is not None and symbol.sort in (Sort.EVENT, Sort.OUTCOME, Sort.MEMBER):
        draft.has = _has(e, part, symbol, here)
    else:
        _nothing_to_test(e, draft, part.term, symbol)


def _attribute_meant(e: Elaboration, draft: _Draft, part: ast.With | ast.Without) -> AttributeSymbol | None:
    """The attribute that `with TERM` speaks of: of the event just named, else of what is selected."""
    term = part.term
    if part.at is not None and (named := e.scope.find(term.text)) is not None and named.sort is Sort.OUTCOME:
        return None  # of what bears one name, only the outcome has steps
    if draft.has is not None:
        event = event_of_domain(e, draft.has.select.of)
        nested = e.scope.attribute(event, term.text) if event is not None else None
        if nested is not None:
            return nested
    if isinstance(draft.domain, ir.People):
        symbol = e.scope.find(term.text)
        if draft.has is not None or (symbol is not None and symbol.sort is Sort.GROUP):
            return None  # of a person, a group goes before what the joining row carries under the same name
    return e.scope.attribute(draft.event, term.text) if draft.event is not None else None


def _with_attribute(e: Elaboration, draft: _Draft, part: ast.With, attribute: AttributeSymbol) -> None:
    of_has = draft.has is not None and attribute.event == event_of_domain(e, draft.has.select.of)
    if not of_has:
        _flush(draft)
    elif draft.dated is not None and draft.has is not None:
        draft.has, draft.dated = _tested(draft.has, ir.AttributeGiven(draft.dated)), None
    if part.test is None and attribute.unit is ir.Unit.DATE:
        draft.dated = attribute.name
        return
    for test in attribute_tests(e, part, attribute):
        if of_has and draft.has is not None:
            draft.has = _tested(draft.has, test)
        else:
            draft.tests.append(test)


def _has(e: Elaboration, part: ast.With, symbol: Symbol, here: Scene) -> ir.Has | None:
    if part.test is not None:
        e.say(
            "wrong-kind-of-name",
            part.span,
            f"“{part.term.text}” is {symbol.sort}, which has no value of its own to compare.",
            label="only what a row carries can be compared",
        )
    domain = head(e, refs.had(part), here)
    return ir.Has(ir.Select(domain), origin=e.at(part.span)) if domain is not None else None


def _nothing_to_test(e: Elaboration, draft: _Draft, term: ast.Term, symbol: Symbol | None) -> None:
    known = e.scope.attributes_called(term.text) or not e.scope.slip_of(term.text)
    if e.scope.incomplete and (symbol is None or symbol.sort is Sort.UNREAD) and known:
        return  # a clause that could not be read may say it
    if symbol is not None:
        e.wrong_sort(term, symbol, "what follows “with”", (Sort.GROUP, Sort.EVENT, Sort.OUTCOME, Sort.MEMBER))
    elif draft.event is not None and isinstance(draft.domain, ir.Rows | ir.Members):
        e.attribute(draft.event, term)
    else:
        e.not_declared(term.text, term.span, (Sort.GROUP, Sort.EVENT, Sort.OUTCOME))


def _without(e: Elaboration, draft: _Draft, part: ast.Without) -> None:
    attribute = _attribute_meant(e, draft, part)
    if attribute is not None:
        refs.must_be_stepless(e, refs.had(part), attribute.name, "what a row carries")
        test = _not_given(attribute, e.at(part.span))
        if draft.has is not None and attribute.event == event_of_domain(e, draft.has.select.of):
            draft.has = _tested(draft.has, test)
        else:
            draft.tests.append(test)
        return
    _flush(draft)
    symbol = e.find(part.term, "what is missing", Sort.EVENT, Sort.OUTCOME, Sort.MEMBER)
    domain = head(e, refs.had(part), Scene(ir.Whole(), ())) if symbol is not None else None
    if domain is not None:
        draft.has = ir.Has(ir.Select(domain), negated=True, origin=e.at(part.span))


def _not_given(attribute: AttributeSymbol, at: ir.Origin) -> ir.Test:
    """Of yes or no an explicit no is asked for: what is missing is not "no"."""
    if attribute.unit is ir.Unit.FLAG:
        return ir.AttributeIs(attribute.name, ("no",), origin=at)
    return ir.AttributeGiven(attribute.name, negated=True, origin=at)


def _in_group(e: Elaboration, part: ast.With, symbol: Symbol) -> ir.Test:
    labels = part.test.labels if isinstance(part.test, ast.LabelTest) else ()
    if not labels and part.at is None:
        e.say(
            "label-missing",
            part.span,
            f"Everybody has a {symbol.name}; this does not say which one is meant.",
            label="which?",
            remedies=tuple(Remedy(f'with {symbol.name} "{label}"') for label in e.partitions[symbol.name].labels[:3]),
        )
    return ir.InGroup(symbol.name, labels_of(e, symbol.name, labels), origin=e.at(part.span))
