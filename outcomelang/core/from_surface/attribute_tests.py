"""What `with ATTRIBUTE …` and labels ask of a row: comparisons, ranges, and labels that are declared."""

from __future__ import annotations

from typing import assert_never

from outcomelang.core import ir
from outcomelang.core.from_surface import refs
from outcomelang.core.from_surface.context import Elaboration, listed
from outcomelang.core.from_surface.literals import constant, literal_kind, must_share
from outcomelang.core.scope import AttributeSymbol
from outcomelang.core.types import kind_of
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

COMPARATORS: dict[ast.Comparator, str] = {
    "at least": ">=",
    "at most": "<=",
    "above": ">",
    "below": "<",
    "exactly": "==",
}


def attribute_tests(e: Elaboration, part: ast.With, attribute: AttributeSymbol) -> tuple[ir.Test, ...]:
    """What `with ATTRIBUTE …` asks of a row."""
    at = e.at(part.span)
    match part.test:
        case None:
            return (ir.AttributeGiven(attribute.name, origin=at),)
        case ast.LabelTest(labels):
            must_be_label(e, part, attribute)
            known_labels(e, attribute, labels)
            return (ir.AttributeIs(attribute.name, tuple(label.value for label in labels), origin=at),)
        case ast.ValueTest(comparator, value):
            must_share(e, literal_kind(value), kind_of(attribute.unit), part.span, part.term.text)
            return (ir.AttributeCompares(attribute.name, COMPARATORS[comparator], constant(e, value), origin=at),)
        case ast.RangeTest():
            return _range_tests(e, part, part.test, attribute)
        case _:
            assert_never(part.test)


def _range_tests(
    e: Elaboration, part: ast.With, test: ast.RangeTest, attribute: AttributeSymbol
) -> tuple[ir.Test, ...]:
    at = e.at(part.span)
    must_share(e, literal_kind(test.first), kind_of(attribute.unit), part.span, part.term.text)
    first = ir.AttributeCompares(attribute.name, ">=", constant(e, test.first), origin=at)
    if test.last is None:
        return (first,)
    must_share(e, literal_kind(test.last), kind_of(attribute.unit), part.span, part.term.text)
    comparator = "<=" if test.last_included else "<"
    return first, ir.AttributeCompares(attribute.name, comparator, constant(e, test.last), origin=at)


def must_be_label(e: Elaboration, part: ast.With, attribute: AttributeSymbol) -> None:
    """Report a number, an amount or a date that is compared with quoted words."""
    if attribute.unit not in (ir.Unit.LABEL, ir.Unit.FLAG):
        e.say(
            "unlike-quantities",
            part.span,
            f"“{part.term.text}” is {kind_of(attribute.unit)}, and words in quotation marks are compared with it.",
            label="nothing can ever fit",
            remedies=(Remedy(f"with {part.term.text} of at least …"), Remedy(f"has {part.term.text} as a label")),
        )


def labels_of(e: Elaboration, partition: str, labels: tuple[ast.Text, ...]) -> tuple[str, ...]:
    """The declared labels that the texts mean; an unknown one is reported."""
    from outcomelang.core.names import name_key

    shape = e.partitions.get(partition)
    if shape is None:
        return ()
    found = []
    for label in labels:
        declared = shape.spellings.get(name_key(label.value))
        if declared is None:
            unknown_label(e, label, partition, shape.labels)
        else:
            found.append(declared)
    return tuple(found)


def known_labels(e: Elaboration, attribute: AttributeSymbol, labels: tuple[ast.Text, ...]) -> None:
    """Where a group is read from an attribute, only the group's labels can stand there."""
    partition = e.label_sources.get((attribute.event, attribute.name))
    if partition is not None:
        labels_of(e, partition, labels)
    elif (attribute.event, attribute.name) in e.plan_sources:
        refs.outcome_labels(e, labels)


def unknown_label(e: Elaboration, label: ast.Text, of: str, labels: tuple[str, ...]) -> None:
    """Report a label that a group does not have, with the nearest ones."""
    from difflib import get_close_matches

    near = get_close_matches(label.value, labels, n=2, cutoff=0.5)
    known = listed([f"“{own}”" for own in labels[:8]], "and") + (" …" if len(labels) > 8 else "")
    e.say(
        "label-unknown",
        label.span,
        f"No {of} is called “{label.value}”, so nobody can ever be in it.",
        f"{of} has {known}." if labels else f"{of} has no labels.",
        label="not one of its labels",
        remedies=tuple(Remedy(f'"{own}"') for own in near),
    )
