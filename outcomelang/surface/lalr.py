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


Held = tuple[int, Any, int, Token, Token]
"""On the stack: a state, the value that led to it, how deep that is, and its first and last token."""


def run(tables: Tables, tokens: Sequence[Token], build: Sequence[Build], leaf: Callable[[Token], Any]) -> Any | Stuck:
    """The node of one clause, or where it stopped. `build` has a function for each rule, `leaf` one for kept tokens."""
    end = Token(END, "", tokens[-1].end, tokens[-1].end)
    stack: list[Held] = [(0, None, 0, end, end)]
    for at, token in enumerate((*tokens, end)):
        column = tables.columns.get(token.kind, -1)
        action = tables.row(stack[-1][0]).get(column)
        while action is not None and action & 1:
            value, depth, first, last = _reduced(tables, action >> 1, stack, build, leaf)
            goto = tables.row(stack[-1][0])[tables.rules[action >> 1].column]
            if goto == ACCEPT:
                return value
            stack.append((goto >> 1, value, depth, first, last))
            if depth > DEEPEST:
                return Stuck(max(at - 1, 0), _states(stack), too_deep=True)
            action = tables.row(goto >> 1).get(column)
        if action is None:
            return Stuck(at, _states(stack))
        stack.append((action >> 1, token, 0, token, token))
        if len(stack) > _OPEN_AT_ONCE:
            return Stuck(at, _states(stack), too_deep=True)
    raise AssertionError("the end of a clause is either accepted or refused")


def _states(stack: list[Held]) -> tuple[int, ...]:
    return tuple(held[0] for held in stack)


def _reduced(
    tables: Tables, number: int, stack: list[Held], build: Sequence[Build], leaf: Callable[[Token], Any]
) -> tuple[Any, int, Token, Token]:
    """Take a rule's symbols off the stack and make its value: a helper's list, an only child, or a node."""
    rule = tables.rules[number]
    inside = stack[-rule.size :]
    del stack[-rule.size :]
    first, last = inside[0][3], inside[-1][4]
    depth = max([held[2] for held in inside])
    children = _children(rule.parts, inside, leaf)
    if not rule.name:
        return children, depth, first, last
    if rule.passes and len(children) == 1:
        return children[0], depth, first, last
    return build[number](first, last, children), depth + 1, first, last


def _children(parts: list[Any], inside: list[Held], leaf: Callable[[Token], Any]) -> list[Any]:
    """The children in the node's order. A helper's list is grown in place, so that a long list costs one pass."""
    children: list[Any] = []
    for at, part in enumerate(parts):
        if part is None:
            children.append(None)
        elif type(part) is not list:
            value = inside[part][1]
            children.append(leaf(value) if type(value) is Token else value)
        elif at:
            children += inside[part[0]][1]
        else:
            children = inside[part[0]][1]
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
