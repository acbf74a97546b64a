"""What is no artefact of ours is refused with a sentence, never with a trace and never half read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomelang.core import ir
from outcomelang.core.artefact import LONGEST, canonical, from_json, to_json
from outcomelang.diagnostic import Diagnostic, UsageError

AnyCore = Callable[[int], ir.Contract]


def refused(text: str) -> Diagnostic:
    with pytest.raises(UsageError) as caught:
        from_json(text)
    (found,) = caught.value.diagnostics
    return found


def refusal(text: str) -> str:
    found = refused(text)
    assert found.name == "unreadable-artefact"
    return f"{found.message} {' '.join(found.details)}"


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "1", "\x00", "{", '{"irVersion": 1}', '{"irVersion": 1, "irVersion": 1}', "\ud800",
        '{"irVersion": 1.0}', '{"irVersion": NaN}', '{"irVersion": 1e999}', '{"irVersion": true, "contract": {}}',
        "[" * 200_000, '{"contract":' * 20_000, '{"irVersion": 1' + "0" * 10_000 + "}", "\ufeff{}",
    ],
)  # fmt: skip
def test_what_is_no_artefact_is_refused(text: str) -> None:
    assert "compiled contract" in refusal(text)


def test_what_is_far_too_long_is_refused_before_it_is_read() -> None:
    assert "longer than" in refusal(" " * (LONGEST + 1))


def test_another_ir_version_is_refused_by_its_number(any_core: AnyCore) -> None:
    whole = json.loads(to_json(any_core(1)))
    whole["irVersion"] = 99
    assert "irVersion 99" in refusal(json.dumps(whole))


def test_terms_that_were_changed_afterwards_are_refused(any_core: AnyCore) -> None:
    whole = json.loads(to_json(any_core(1)))
    whole["contract"]["title"] += "!"
    assert "changed after it was compiled" in refusal(json.dumps(whole))


@pytest.mark.parametrize(
    ("where", "what", "said"),
    [
        ("is", "Party", "does not fit"),
        ("is", ["Contract"], "does not fit"),
        ("unheard", 1, "is not known"),
        ("title", 1, "another kind"),
        ("title", None, "another kind"),
        ("minor_digits", "2", "a text does not fit"),
        ("minor_digits", True, "another kind"),
        ("value", 10**70, "too large"),
        ("first_day", "2012-13-01", "not a day"),
        ("first_day", "20120101", "not a day"),
        ("parties", {"is": "Contract"}, "does not fit"),
        ("parties", [1], "another kind"),
        ("parties", "x", "a text does not fit"),
        ("origin", ["a", 1, 1, 1, 1], "a place is"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_its_place(where: str, what: Any, said: str, any_core: AnyCore) -> None:
    whole = json.loads(to_json(any_core(1)))
    whole["contract"][where] = what
    message = refusal(json.dumps(whole))
    assert said in message
    assert where in message or where == "is"


def measure(**value: Any) -> dict[str, Any]:
    quantity = {"is": "Const", "unit": "money", **value}
    return {"is": "Measure", "name": "M", "subject": {"is": "Whole"}, "quantity": quantity, "unit": "money"}


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (measure(value={"number": "1/0"}), "not a fraction"),
        (measure(value={"number": "0.5"}), "not a fraction"),
        (measure(value={"number": "1" * 61 + "/1"}), "not a fraction"),
        (measure(value={"number": "1/1", "label": "x"}), "names no kind"),
        (measure(value={"pickle": "x"}), "names no kind"),
        (measure(value="1/2"), "another kind"),
        (measure(), "“value” is missing"),
        (measure(value={"number": "1/1"}) | {"unit": "gold"}, "is not one of"),
        (measure(value={"number": "1/1"}) | {"subject": {"is": "Const"}}, "does not fit"),
    ],
)
def test_a_quantity_that_does_not_fit_is_refused(item: dict[str, Any], said: str, any_core: AnyCore) -> None:
    whole = json.loads(to_json(any_core(1)))
    whole["contract"]["measures"] = [item]
    message = refusal(json.dumps(whole))
    assert said in message
    assert "/measures/0" in message


def test_a_closed_word_is_closed(any_core: AnyCore) -> None:
    whole = json.loads(to_json(any_core(1)))
    whole["contract"]["stages"] = [{"is": "RoundTotal", "mode": "__import__", "to": 1}]
    assert "is not one of down, up" in refusal(json.dumps(whole))


@pytest.mark.parametrize("depth", [50, 150, 250, 400, 1000, 100_000])
def test_deep_nesting_is_refused_and_breaks_nothing(depth: int) -> None:
    deep = '{"is":"Rounded","mode":"up","unit":"money","of":' * depth + '{"is":"ContractValue"}' + "}" * depth
    item = canonical(measure(value={})).replace(canonical(measure(value={})["quantity"]), deep)
    whole = f'{{"irVersion":1,"digest":"","contract":{{"is":"Contract","measures":[{item}],{rest()}}}}}'
    assert refused(whole).name == "unreadable-artefact"


def rest() -> str:
    empty = {name: [] for name in FIELDS if name != "measures"}
    return canonical({**empty, **EMPTY, "title": "T", "currency": "GBP", "minor_digits": 2})[1:-1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["Const", "1/2", "2012-01-09"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["is", "value", "unit", "of", "number", "origin"]) | st.text(max_size=4), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(
    noise=JSON,
    field=st.sampled_from(["parties", "measures", "tables", "outcomes", "flows", "stages", "examples", "origin"]),
)
def test_noise_in_any_field_is_refused_or_changes_the_digest(noise: Any, field: str) -> None:
    base = {name: [] for name in FIELDS}
    whole = {
        "irVersion": 1,
        "digest": "0" * 64,
        "contract": {
            **base,
            "is": "Contract",
            "title": "T",
            "currency": "GBP",
            "minor_digits": 2,
            **EMPTY,
            field: noise,
        },
    }
    assert refused(json.dumps(whole)).name == "unreadable-artefact"


FIELDS = (
    "parties", "joint_parties", "populations", "members", "partitions", "calendars", "events", "states", "measures",
    "tables", "outcomes", "flows", "stages",
)  # fmt: skip
EMPTY: dict[str, Any] = dict.fromkeys(("first_day", "last_day", "last_claim", "value"))
