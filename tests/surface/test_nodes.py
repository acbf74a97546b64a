"""Nodes behave as frozen attrs classes do, without what attrs would write for each of them."""

from __future__ import annotations

import copy
import inspect
import pickle

import attrs
import pytest

from outcomelang.source import NOWHERE, Span
from outcomelang.surface import ast

CLASSES = [cls for _, cls in inspect.getmembers(ast, inspect.isclass) if issubclass(cls, ast.Node)]


def test_a_node_is_what_it_says_wherever_it_stands() -> None:
    here = Span("x", 1, 1, 1, 2)
    assert ast.Name("Child", "Children", span=here) == ast.Name(text="Child", other="Children")
    assert hash(ast.Name("Child", span=here)) == hash(ast.Name("Child", None))
    assert ast.Name("Child", span=here).span == here
    assert ast.Term("A") != ast.Text("A")
    assert repr(ast.Name("Child")) == "Name(text='Child', other=None)"


def test_a_node_is_frozen() -> None:
    with pytest.raises(AttributeError):
        ast.Term("A").text = "B"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("A", "B"), {}), ((), {"name": "A"}), (("A",), {"text": "A"}), (("A",), {"x": 1})]
)
def test_a_node_takes_its_own_fields_once(values: tuple[str, ...], named: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="Term"):
        ast.Term(*values, **named)


def test_attrs_knows_the_fields() -> None:
    name = ast.Name("Child", span=Span("x", 1, 1, 1, 2))
    assert [field.name for field in attrs.fields(ast.Name)] == ["text", "other", "span"]
    changed = attrs.evolve(name, other="Children")
    assert (changed, changed.span) == (ast.Name("Child", "Children"), name.span)
    assert attrs.fields(ast.Name).other.default is None


def test_a_node_is_copied_and_pickled() -> None:
    name = ast.Name("Child", span=Span("x", 1, 1, 1, 2))
    for again in (copy.deepcopy(name), pickle.loads(pickle.dumps(name))):
        assert (again, again.span) == (name, name.span)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_defaults_come_last_so_that_a_node_can_be_built_in_order(cls: type[ast.Node]) -> None:
    given = [name in vars(cls) for name in cls.__match_args__]
    assert given == sorted(given)
    assert cls.span is NOWHERE
