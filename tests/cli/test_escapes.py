"""Text from contracts inside Markdown and XML."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomelang.diagnostic import Diagnostic
from outcomelang.report.checked import Checked, Favour, Run, relative
from outcomelang.report.escapes import attribute, code, fenced, markdown, xml
from outcomelang.report.favours import favours
from outcomelang.report.junit import as_junit
from outcomelang.report.style import Style
from outcomelang.source import Source, Span


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. not a list", "1\\. not a list"),
        ("- nor this", "\\- nor this"),
        ("a_b *c* `d` | e", "a\\_b \\*c\\* \\`d\\` \\| e"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("@council #12 !3", "@<!-- -->council #<!-- -->12 !<!-- -->3"),
        ("www.example.org http://x", "www<!-- -->.example.org http:<!-- -->//x"),
        ("two\nlines", "two lines"),
        ("£3,200 of the £4,000 (80%)", "£3,200 of the £4,000 (80%)"),
    ],
)  # fmt: skip
def test_marks_of_markdown_mean_nothing(text: str, shown: str) -> None:
    assert markdown(text) == shown


def test_code_and_blocks_end_where_we_end_them() -> None:
    assert code("a`b|c\nd") == "`a'b\\|c d`"
    assert fenced("```\n# out")[0] == "````text"
    assert fenced("```\n# out")[-1] == "````"


@given(st.text())
def test_any_text_is_text_in_xml(text: str) -> None:
    assert ElementTree.fromstring(f"<a b={attribute(text)}>{xml(text)}</a>").get("b") is not None


@given(st.text(), st.text(min_size=1))
def test_any_finding_is_a_case_of_junit(message: str, path: str) -> None:
    found = Diagnostic("OC01", "a-name", message, Span(path, 1, 1, 1, 2))
    root = ElementTree.fromstring(as_junit(Run((Checked(path, (found,), sources=(Source(path, message),)),))))
    assert root.get("tests") == "1"


def test_a_path_elsewhere_is_told_from_the_folder_of_the_run() -> None:
    assert relative("/a/b/c.outcome", "/a/d") == "../b/c.outcome"


def test_contracts_of_which_the_same_is_said_stand_together() -> None:
    said = (
        Favour("OC01", "a-name", "proved", "because"),
        Favour("OC02", "b-name", "not decided", "too large", ("Fee",)),
    )
    run = Run((Checked("a.outcome", favours=said), Checked("b.outcome", favours=said), Checked("c.outcome")))
    assert favours(run, Style(100)) == (
        "a.outcome, b.outcome: proved, for any number of people and events\n"
        "   a-name   because.\n"
        "\n"
        "a.outcome, b.outcome: not decided, which says nothing either way\n"
        "   b-name   Fee: too large.\n"
    )
