"""The grammar is strict, its tables are fresh, and everything it can ask for has English."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from lark.exceptions import GrammarError

from outcomelang.resources import grammar_text
from outcomelang.surface.lexer import BAD
from outcomelang.surface.tables import PATH, build, fingerprint, read, tables, written
from outcomelang.surface.templates import TEMPLATES, in_english


def test_the_prebuilt_tables_are_those_of_the_grammar_and_the_grammar_has_no_conflicts() -> None:
    """Lark builds in strict mode, which refuses every shift/reduce and reduce/reduce conflict."""
    data = build(grammar_text())
    kept = json.loads(PATH.read_text(encoding="utf-8"))
    hint = "run `python -m outcomelang.surface.tables`"
    assert {k: v for k, v in kept.items() if k != "lark"} == {k: v for k, v in data.items() if k != "lark"}, hint
    assert PATH.read_text(encoding="utf-8") == written({**data, "lark": kept["lark"]}), hint


def test_the_tables_do_not_depend_on_the_order_of_hashing() -> None:
    code = "from outcomelang.surface.tables import *; import sys; sys.stdout.write(written(build(grammar_text())))"
    made = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": root()},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert made != {b""}


def root() -> str:
    return str(PATH.parents[2])


def test_a_changed_grammar_is_built_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = grammar_text().replace('"purpose" TEXT', '"purpose" TEXT TEXT')
    assert fingerprint(changed) != tables().grammar
    monkeypatch.setattr("outcomelang.surface.tables.grammar_text", lambda: changed)
    made = tables.__wrapped__()
    assert made.grammar == fingerprint(changed)


def test_a_conflict_is_refused() -> None:
    with pytest.raises(GrammarError, match="collision"):
        build(grammar_text().replace('claims        : "claims"', 'claims        : "value" MONEY | "claims"'))


def test_lark_is_not_imported_to_read_a_contract() -> None:
    code = (
        "import sys; from outcomelang.source import Source; from outcomelang.surface.from_text import parse\n"
        "parse(Source('x', 'purpose \"x\"  paymnt Fee'))\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('lark', 'interegular')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": root()})
    assert done.stdout.strip() == "[]"


def test_every_terminal_has_english() -> None:
    made = tables()
    for kind in made.columns:
        assert in_english(kind, made)
    assert in_english("_PAYS", made) == "“pays”"


def test_every_clause_has_a_template_and_no_template_is_idle() -> None:
    assert set(TEMPLATES) == set(tables().expected(0))


def test_one_spelling_is_one_terminal() -> None:
    spelt: dict[str, str] = {}
    for kind, words in tables().spellings.items():
        for word in words:
            assert spelt.setdefault(word, kind) == kind, word


def test_the_spellings_are_what_lark_matches() -> None:
    """They are read off the grammar's text, because Lark reorders the alternatives of a terminal."""
    from lark import Lark

    terminals = {t.name: t for t in Lark(grammar_text(), start="clause", parser=None, lexer="basic").terminals}
    for kind, words in tables().spellings.items():
        pattern = re.compile(terminals[kind].pattern.to_regexp())
        assert all(pattern.fullmatch(word) for word in words), kind
        assert len(re.findall(r"\|", pattern.pattern)) == len(words) - 1 or len(words) == 1, kind


def test_no_literal_terminal_is_left_to_the_slips() -> None:
    assert not BAD & set(tables().columns)


def test_reading_data_back_gives_the_same_tables() -> None:
    made = tables()
    again = read(json.loads(PATH.read_text(encoding="utf-8")))
    assert again.rules == made.rules
    assert again.flat_rows == made.flat_rows


def test_no_rule_is_empty() -> None:
    """The machine takes a rule's symbols off the stack to know where its node begins."""
    assert all(rule.size for rule in tables().rules)
