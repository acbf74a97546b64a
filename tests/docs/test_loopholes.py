"""The pages of the loopholes are those that the rules make, one for each."""

from __future__ import annotations

from pathlib import Path

from outcomelang.cli.loophole_pages import pages
from outcomelang.loopholes.rules import RULES

FOLDER = Path(__file__).parents[2] / "docs" / "loopholes"


def test_the_pages_are_fresh() -> None:
    written = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    assert written == pages(), "python -m outcomelang.cli.loophole_pages docs/loopholes"


def test_every_loophole_has_a_page_with_its_finding_as_it_is_printed() -> None:
    made = pages()
    for rule in RULES:
        page = made[f"{rule.name}.md"]
        assert f"({rule.name}.md)" in made["index.md"]
        words = " ".join(page.split())
        assert " ".join(rule.bad.split()) in words
        assert " ".join(rule.good.split()) in words
        printed = rule.diagnostics or (rule.code,)
        assert any(f"({code})" in page for code in printed)
