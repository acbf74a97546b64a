"""`exposure` and `label` as commands: what they print, write and refuse."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ..homes import homes

Done = subprocess.CompletedProcess[bytes]
Command = Callable[..., Done]

HEAD = """contract "Homes <script>alert(1)</script> & “more”"
purpose "To help <b>people</b> & others"
commissioner Council "The <i>Council</i>"
"""
CONTRACT = homes(
    "limit all payments to £80,000; earliest first; the excess is not paid",
    "cost £550 for each Person",
    'accept pays-per-head-processed because "It is <u>meant</u>"',
    head=HEAD,
)


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    (tmp_path / "a.outcome").write_text(CONTRACT, "utf-8")
    return tmp_path


def ended(done: Done, code: int) -> str:
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), (done.stdout + done.stderr).decode()
    return done.stdout.decode("utf-8")


def test_exposure_as_text(outcomelang: Command, contract: Path) -> None:
    text = ended(outcomelang("exposure", "a.outcome"), 0)
    assert "Greatest        £80,000" in text
    assert "tight: a history of 80 people or groups reaches it" in text
    assert "£100 of £1,000 (10%) for one who achieves everything" in text
    assert "Costs are covered from 50% success on: £550 spent on each" in text


def test_exposure_as_json_has_two_decimals(outcomelang: Command, contract: Path) -> None:
    found = json.loads(ended(outcomelang("exposure", "a.outcome", "--format", "json"), 0))
    assert found["greatest"]["amount"] == "80000.00"
    assert (found["greatest"]["tight"], found["least"]["proved"]) == (True, True)
    assert found["no_outcome"] == {"amount": "100.00", "of": "1000.00", "share": "10%"}
    assert [each["amount"] for each in found["payments"]] == ["10000.00", "80000.00"]
    assert found["break_even"][0]["rate"] == "50%"


def test_witnesses_evaluate_to_what_is_said(outcomelang: Command, contract: Path) -> None:
    ended(outcomelang("exposure", "a.outcome", "--witness", "logs"), 0)
    assert {each.name for each in (contract / "logs").iterdir()} == {"greatest.csv", "no-outcome.csv"}
    ledger = json.loads(
        ended(outcomelang("evaluate", "a.outcome", "--events", "logs/greatest.csv", "--format", "json"), 0)
    )
    assert ledger["total"] == "80000.00"


@pytest.mark.parametrize("verb", ["exposure", "label"])
def test_refusals_are_sentences(outcomelang: Command, contract: Path, verb: str) -> None:
    (contract / "bad.outcome").write_text('contract "Bad"\npayment Fee: nobody pays\n', "utf-8")
    for arguments in (("none.outcome",), (), ("bad.outcome",)):
        done = outcomelang(verb, *arguments)
        said = done.stderr.decode()
        assert (done.returncode, done.stdout) == (2, b"")
        assert "Traceback" not in said
        assert said.strip()


def test_a_file_is_no_folder(outcomelang: Command, contract: Path) -> None:
    done = outcomelang("exposure", "a.outcome", "--witness", "a.outcome")
    ended(done, 2)
    assert "a.outcome is no folder." in done.stderr.decode()


def test_a_label_does_not_overwrite_its_contract(outcomelang: Command, contract: Path) -> None:
    ended(outcomelang("label", "a.outcome", "--output", "a.outcome"), 2)
    assert (contract / "a.outcome").read_text("utf-8") == CONTRACT


def test_label_as_text(outcomelang: Command, contract: Path) -> None:
    text = ended(outcomelang("label", "a.outcome", "--as-of", "2026-01-01"), 0)
    for line in (
        "Due whatever happens      10%",
        "At risk                   90%",
        "Greatest liability        £80,000",
        "Months to first cash      under 1 month",
        "Counterfactual            none",
        "Who selects               Council (pays)",
    ):
        assert line in text


def test_label_as_json_is_the_same_each_time(outcomelang: Command, contract: Path) -> None:
    words = ("label", "a.outcome", "--format", "json", "--as-of", "2026-01-01")
    one, two = ended(outcomelang(*words), 0), ended(outcomelang(*words), 0)
    assert one == two
    names = [line["name"] for line in json.loads(one)["lines"]]
    assert names[:4] == ["Due whatever happens", "At risk", "Greatest liability", "Worst cliff"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]


def test_a_page_holds_no_markup_of_the_contract_and_nothing_from_elsewhere(
    outcomelang: Command, contract: Path
) -> None:
    done = outcomelang("label", "a.outcome", "--format", "html", "--output", "a.html", "--as-of", "2026-01-01")
    ended(done, 0)
    text = (contract / "a.html").read_text("utf-8")
    page = _Page()
    page.feed(text)
    assert page.links == []
    assert page.tags.isdisjoint({"script", "i", "u", "img", "link", "iframe"})
    assert "url(" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “more”" in text
    assert "To help &lt;b&gt;people&lt;/b&gt; &amp; others" in text
