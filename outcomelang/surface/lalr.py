"""The LALR(1) machine: runs Lark's tables over the tokens of one clause and calls a method for each node.

It is Lark's own loop with two additions: the stretch of tokens that each node covers, and bounds on depth, so that no
text, however deeply nested, can exhaust the stack of this or any later pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from outcomelang.surface.lexer import Token
from outcomelang.surface.tables import ACCEPT, END, Tables

DEEPEST = 60
"""How many nodes may lie inside one another. Contracts stay below ten; Python ends near a thousand calls."""
_OPEN_AT_ONCE = 400


@frozen
class Stuck:
    """Where reading stopped: the number of the token, the states passed up to it, and whether it stopped for depth."""

    at: int
    states: tuple[int, ...]
    too_deep: bool = False


Build = Callable[[Token, Token, list[Any]], Any]
"""A node from its first token, its last token and its children."""


def run(tables: Tables, tokens: Sequence[Token], build: Sequence[Build], leaf: Callable[[Token], Any]) -> Any | Stuck:
    """The node of one clause, or where it stopped. `build` has a function for each rule, `leaf` one for kept tokens."""
    states, values, depths, firsts, lasts = [0], list[Any](), list[int](), list[Token](), list[Token]()
    columns, rules, row = tables.columns, tables.rules, tables.row
    here = row(0)
    for at, token in enumerate((*tokens, Token(END, "", tokens[-1].end, tokens[-1].end))):
        column = columns.get(token.kind, -1)
        while True:
            action = here.get(column)
            if action is None:
                return Stuck(at, tuple(states))
            if not action & 1:
                break
            rule = rules[action >> 1]
            size = rule.size
            inside, depth = values[-size:], max(depths[-size:])
            first, last = firsts[-size], lasts[-1]
            del states[-size:], values[-size:], depths[-size:], firsts[-size:], lasts[-size:]
            children = _children(rule.parts, inside, leaf)
            if not rule.name:
                value: Any = children
            elif rule.passes and len(children) == 1:
                value = children[0]
            else:
                value, depth = build[action >> 1](first, last, children), depth + 1
            goto = row(states[-1])[rule.column]
            if goto == ACCEPT:
                return value
            if depth > DEEPEST or len(states) > _OPEN_AT_ONCE:
                return Stuck(max(at - 1, 0), tuple(states), too_deep=True)
            states.append(goto >> 1)
            values.append(value)
            depths.append(depth)
            firsts.append(first)
            lasts.append(last)
            here = row(goto >> 1)
        states.append(action >> 1)
        values.append(token)
        depths.append(0)
        firsts.append(token)
        lasts.append(token)
        here = row(action >> 1)
        if len(states) > _OPEN_AT_ONCE:
            return Stuck(at, tuple(states), too_deep=True)
    raise AssertionError("the end of a clause is either accepted or refused")


def _children(parts: list[Any], inside: list[Any], leaf: Callable[[Token], Any]) -> list[Any]:
    """The children in the node's order. A helper's list is grown in place, so that a long list costs one pass."""
    if len(parts) > 1 and type(parts[0]) is list:
        children: list[Any] = inside[parts[0][0]]
        parts = parts[1:]
    else:
        children = []
    for part in parts:
        if part is None:
            children.append(None)
        elif type(part) is list:
            children += inside[part[0]]
        else:
            value = inside[part]
            children.append(leaf(value) if type(value) is Token else value)
    return children


def accepts(tables: Tables, stuck: Stuck) -> list[str]:
    """The terminals that could have stood where reading stopped (a row alone also lists some that fail later)."""
    return [kind for kind in tables.expected(stuck.states[-1]) if _fits(tables, list(stuck.states), kind)]


def _fits(tables: Tables, states: list[int], kind: str) -> bool:
    column = tables.columns[kind]
    while True:
        action = tables.row(states[-1]).get(column)
        if action is None:
            return False
        if not action & 1:
            return True
        rule = tables.rules[action >> 1]
        del states[-rule.size :]
        goto = tables.row(states[-1])[rule.column]
        if goto == ACCEPT:
            return True
        states.append(goto >> 1)
