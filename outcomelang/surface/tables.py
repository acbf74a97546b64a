"""What Lark makes of the grammar, as plain data: keywords, patterns, rules and the LALR(1) rows.

Lark takes most of a second to build the tables and a tenth of one to be imported, so they are kept beside this module
as JSON. Lark is imported only when the grammar has changed; `python -m outcomelang.surface.tables` rewrites the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen

from outcomelang.resources import grammar_text

if TYPE_CHECKING:
    from lark import Lark
    from lark.grammar import Rule as LarkRule

END = "$END"
ACCEPT = -1
PATH = Path(__file__).resolve().parent / "tables.json"

Part = int | list[int] | None
"""A child of a node: the value at this place, the values of a helper rule spliced in, or a gap for what is absent."""


@frozen
class Rule:
    """`name` is the method that builds the node (empty: a helper, spliced into its parent); `size` counts its symbols.

    With `passes`, a single child stands for itself. `column` is the rule's own symbol in the rows.
    """

    name: str
    column: int
    size: int
    parts: list[Part]
    passes: bool


@frozen(eq=False)
class Tables:
    """A row maps a symbol's column to an action: `2 * state` goes there, `2 * rule + 1` reduces by the rule,
    `ACCEPT` ends the clause.
    """

    grammar: str
    lark: str
    spellings: dict[str, list[str]]
    patterns: dict[str, str]
    columns: dict[str, int]
    rules: list[Rule]
    flat_rows: list[list[int]]
    _rows: dict[int, dict[int, int]] = field(factory=dict, init=False)

    def row(self, state: int) -> dict[int, int]:
        """The actions of a state (a row is unfolded when it is first met)."""
        row = self._rows.get(state)
        if row is None:
            flat = self.flat_rows[state]
            row = self._rows[state] = dict(zip(flat[::2], flat[1::2], strict=True))
        return row

    def expected(self, state: int) -> tuple[str, ...]:
        """The terminals that may follow in a state."""
        row = self.row(state)
        return tuple(name for name, column in self.columns.items() if column in row)


def fingerprint(grammar: str) -> str:
    return hashlib.sha256(grammar.encode()).hexdigest()


# ---------------------------------------------------------------------------------------- from the grammar, by Lark


def build(grammar: str, start: str = "clause") -> dict[str, Any]:
    """The tables of a grammar as JSON data; raises `lark.exceptions.GrammarError` when it has a conflict."""
    import lark

    made = _lark(grammar, start)
    rules = sorted(_live(made.rules), key=_sort_key)
    terminals = [END, *sorted(t.name for t in made.terminals if t.name not in made.ignore_tokens), *_declared(grammar)]
    columns = {name: at for at, name in enumerate(terminals)}
    for rule in rules:
        columns.setdefault(rule.origin.name, len(columns))
    rows = _rows(made, start, columns, {rule: at for at, rule in enumerate(rules)})
    spellings = _spellings(grammar, made)
    return {
        "grammar": fingerprint(grammar),
        "lark": lark.__version__,
        "spellings": spellings,
        "patterns": {t.name: t.pattern.value for t in made.terminals if t.name not in spellings},
        "columns": {name: columns[name] for name in terminals},
        "rules": [_rule(rule, columns) for rule in rules],
        "flat_rows": rows,
    }


def _lark(grammar: str, start: str) -> Lark:
    from lark import Lark
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        """Lark only computes the tables: it reads no text."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, lexer_state: object, parser_state: object) -> Any:
            raise TypeError("no text is read while the tables are made")

    return Lark(grammar, parser="lalr", lexer=NoLexer, start=[start], strict=True, maybe_placeholders=True)


def _live(rules: list[LarkRule]) -> list[LarkRule]:
    """The rules without Lark's own `$root_…`."""
    return [rule for rule in rules if not rule.origin.name.startswith("$")]


def _sort_key(rule: LarkRule) -> tuple[str, int, str, str]:
    return rule.origin.name, rule.order, rule.alias or "", " ".join(symbol.name for symbol in rule.expansion)


def _declared(grammar: str) -> list[str]:
    return re.findall(r"^%declare\s+(\w+)", grammar, re.MULTILINE)


def _spellings(grammar: str, made: Lark) -> dict[str, list[str]]:
    """Every terminal that is a closed list of words, in the grammar's order (the first is the one we write)."""
    found = {}
    for block in re.finditer(r'^(_?[A-Z_]+)\s*:\s*("[^"]+"(?:\s*\|\s*"[^"]+")*)', grammar, re.MULTILINE):
        found[block[1]] = re.findall(r'"([^"]+)"', block[2])
    for terminal in made.terminals:
        if terminal.name not in found and terminal.pattern.type == "str":
            found[terminal.name] = [str(terminal.pattern.value)]
    return dict(sorted(found.items()))


def _rows(made: Lark, start: str, columns: dict[str, int], numbers: dict[LarkRule, int]) -> list[list[int]]:
    """The states, numbered afresh in the order in which they are met, so that the bytes depend on the grammar alone."""
    table = cast("Any", made.parser).parser._parse_table
    met = [table.start_states[start]]
    number = {met[0]: 0}
    rows: list[list[int]] = []
    for state in met:
        row: list[int] = []
        for column, (action, target) in sorted((columns[name], act) for name, act in table.states[state].items()):
            if action.name != "Shift":
                row += [column, 2 * numbers[target] + 1]
            elif target == table.end_states[start]:
                row += [column, ACCEPT]
            else:
                if target not in number:
                    number[target] = len(met)
                    met.append(target)
                row += [column, 2 * number[target]]
        rows.append(row)
    return rows


def _rule(rule: LarkRule, columns: dict[str, int]) -> list[Any]:
    """Lark's own shaping of nodes (which children stay, are spliced in, or leave a gap), written down as data."""
    gaps = [len(ones) for ones in "".join(str(int(gap)) for gap in rule.options.empty_indices).split("0")]
    parts: list[Part] = []
    for at, symbol in enumerate(rule.expansion):
        parts += [None] * (gaps[at] if len(gaps) > at else 0)
        if not symbol.is_term:
            parts.append([at] if symbol.name.startswith("_") else at)
        elif rule.options.keep_all_tokens or not cast("Any", symbol).filter_out:
            parts.append(at)
    parts += [None] * (gaps[-1] if len(gaps) > len(rule.expansion) else 0)
    name = str(rule.alias or rule.origin.name)
    passes = bool(rule.options.expand1) and not rule.alias
    return ["" if name.startswith("_") else name, columns[rule.origin.name], len(rule.expansion), parts, passes]


# --------------------------------------------------------------------------------------------------- kept as a file


def written(data: dict[str, Any]) -> str:
    """The file's text: one line for each row and rule, so that a changed grammar shows as a readable difference."""
    lines = []
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], list):
            inside = ",\n".join(json.dumps(item, separators=(",", ":")) for item in value)
            lines.append(f"{json.dumps(key)}:[\n{inside}]")
        else:
            lines.append(f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}")
    return "{" + ",\n".join(lines) + "}\n"


def read(data: dict[str, Any]) -> Tables:
    """The tables of JSON data."""
    return Tables(**{**data, "rules": [Rule(*rule) for rule in data["rules"]]})


@cache
def tables() -> Tables:
    """The tables of the grammar as it stands: the prebuilt ones where they belong to it, else built in memory."""
    grammar = grammar_text()
    if PATH.exists():
        data = json.loads(PATH.read_text(encoding="utf-8"))
        if data.get("grammar") == fingerprint(grammar):
            return read(data)
    return read(build(grammar))


def main() -> None:
    """Rewrite the prebuilt tables."""
    PATH.write_text(written(build(grammar_text())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
