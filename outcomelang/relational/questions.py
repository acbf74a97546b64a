"""Questions that a query asks: whether something is known, equal, above, any or all of several.

What the form of a question answers already is not asked of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from outcomelang.relational.values import flag, text

E = exp.Expr


def known(value: E) -> bool | None:
    """Whether a value is there, as far as its form alone tells."""
    match value:
        case exp.Null():
            return False
        case exp.Literal() | exp.Boolean():
            return True
        case exp.Cast(this=inner) | exp.Paren(this=inner) | exp.Neg(this=inner):
            return known(inner)
        case _:
            return None


def truth(test: E) -> bool | None:
    """What a test comes to, as far as its form alone tells."""
    match test:
        case exp.Boolean(this=value):
            return bool(value)
        case exp.Paren(this=inner):
            return truth(inner)
        case exp.Not(this=inner):
            found = truth(inner)
            return None if found is None else not found
        case _:
            return None


def present(value: E) -> E:
    """Whether something is known."""
    found = known(value)
    return exp.Not(this=exp.Is(this=value, expression=exp.null())) if found is None else flag(found)


def missing(value: E) -> E:
    found = known(value)
    return exp.Is(this=value, expression=exp.null()) if found is None else flag(not found)


def case(*pairs: tuple[E, E], default: E | None = None) -> E:
    """The value of the first test that holds; where none is left that might, the default (or none, of its type)."""
    open_pairs: list[tuple[E, E]] = []
    for test, value in pairs:
        found = truth(test)
        if found:
            default = value
            break
        if found is None:
            open_pairs.append((test, value))
    if isinstance(default, exp.Case) and default.this is None:  # one after the other
        open_pairs += [(each.this, each.args["true"]) for each in default.args["ifs"]]
        default = default.args.get("default")
    if not open_pairs and default is not None:
        return default
    ifs = [exp.If(this=test, true=value) for test, value in open_pairs or pairs[:1]]
    return exp.Case(ifs=ifs, default=default)


def at_most(a: E, b: E) -> E:
    left, right = _written_number(a), _written_number(b)
    return exp.LTE(this=a, expression=b) if left is None or right is None else flag(left <= right)


def above(a: E, b: E) -> E:
    left, right = _written_number(a), _written_number(b)
    return exp.GT(this=a, expression=b) if left is None or right is None else flag(left > right)


def same(a: E, b: E) -> E:
    """Whether two are equal; of a choice of written numbers, whether it falls on this one."""
    both, wanted = (_written_number(a), _written_number(b)), _written_number(b)
    if None not in both:
        return flag(both[0] == both[1])
    if wanted is not None and isinstance(a, exp.Case) and a.this is None and _chooses_numbers(a):
        tests = [(each.this, same(each.args["true"], b)) for each in a.args["ifs"]]
        return _whether(tests, same(a.args["default"], b))
    return exp.EQ(this=a, expression=b)


def _written_number(value: E) -> int | None:
    """A small written whole number."""
    return int(value.this) if isinstance(value, exp.Literal) and value.is_int else None


def _chooses_numbers(value: E) -> bool:
    if isinstance(value, exp.Case) and value.this is None:
        values = [each.args["true"] for each in value.args["ifs"]]
        return value.args.get("default") is not None and all(map(_chooses_numbers, [*values, value.args["default"]]))
    return _written_number(value) is not None


def _whether(pairs: list[tuple[E, E]], default: E) -> E:
    """Which of two a choice comes to: as a test, where there is only one question."""
    found = case(*pairs, default=default)
    if isinstance(found, exp.Case) and len(found.args["ifs"]) == 1:
        (only,) = found.args["ifs"]
        match truth(only.args["true"]), truth(found.args["default"]):
            case True, False:
                return holds(only.this)
            case False, True:
                return fails(holds(only.this))
            case _:
                pass
    return found


def coalesced(*values: E) -> E:
    """The first that is known."""
    first, *others = dict.fromkeys(values)
    return exp.Coalesce(this=first, expressions=others) if others and not known(first) else first


def all_of(*tests: E) -> E:
    """Whether every one of them holds."""
    found = [truth(test) for test in tests]
    if False in found:
        return flag(False)
    left = [test for test, said in zip(tests, found, strict=True) if said is None]
    return exp.and_(*left, copy=False) if left else flag(True)


def any_of(*tests: E) -> E:
    found = [truth(test) for test in tests]
    if True in found:
        return flag(True)
    left = [test for test, said in zip(tests, found, strict=True) if said is None]
    return exp.or_(*left, copy=False) if left else flag(False)


def fails(test: E) -> E:
    """Whether a test does not hold; not known where the test is not."""
    return exp.Not(this=exp.Paren(this=test))


def holds(test: E) -> E:
    """A test that fails where it is not known."""
    if truth(test) is not None or _is_decided(test):
        return test
    return exp.Coalesce(this=test, expressions=[flag(False)])


def _is_decided(test: E) -> bool:
    """Whether a test holds or fails, whatever is not known."""
    match test:
        case exp.Is():
            return True
        case exp.Not(this=inner) | exp.Paren(this=inner):
            return _is_decided(inner)
        case exp.Coalesce(expressions=others):
            return bool(others) and truth(others[-1]) is not None
        case _:
            return False


def one_of(value: E, texts: Iterable[str]) -> E:
    """Whether a text is one of these."""
    expressions = [text(each) for each in texts]
    return exp.In(this=value, expressions=expressions) if expressions else flag(False)
