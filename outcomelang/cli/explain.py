"""What a finding means, why it costs money and how to close it, by its name (unknown-name) or its code (OL101).
Nothing is looked up outside this machine.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from outcomelang.cli.arguments import Parser, UsageExit, nearest
from outcomelang.cli.screen import Screen

if TYPE_CHECKING:
    from outcomelang.report.explained import Explained
    from outcomelang.report.style import Style


LONGEST = 20
"""Lines of a clause that are shown."""


def arguments(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME|CODE", help="as a finding shows it")


def run(options: Namespace, screen: Screen) -> int:
    from outcomelang.cli.catalogue import catalogue
    from outcomelang.core.names import name_key

    known = {key: item for item in catalogue() for key in (item.name, item.code)}
    wanted = name_key(options.name)
    item = next((item for key, item in known.items() if name_key(key) == wanted), None)
    if item is None:
        raise UsageExit(
            f"No finding is called “{options.name}”.{nearest(options.name, known)}", "outcomelang explain --help"
        )
    screen.result("\n\n".join(paragraphs(item, screen.style())) + "\n", safe=True)
    return 0


def paragraphs(item: Explained, style: Style) -> Iterator[str]:
    """Name and code, why it matters, how to close it, and the clause to avoid beside the clause to prefer; of a
    loophole what silences it, how to accept it, and what it cannot see."""
    from outcomelang.report.explained import sections
    from outcomelang.report.plain import one_line, sentence, wrapped

    yield f"{style.bold(item.name)} ({item.code})"
    for sentences in filter(None, (item.why, item.remedy)):
        yield "\n".join(wrapped(sentence(sentences), style.width))
    for heading, body, clause in sections(item):
        head = [heading] if heading else []
        match body:
            case tuple():
                first = style.drawn("   • ")
                lines = (wrapped(one_line(each), style.width, "     ", first) for each in body)
                yield "\n".join([*head, *(line for each in lines for line in each)])
            case _ if clause:
                yield "\n".join([*head, *_clause(body, style)])
            case _:
                yield "\n".join([*head, *wrapped(sentence(body), style.width, "   " if head else "", None)])


def _clause(text: str, style: Style) -> Iterator[str]:
    lines = text.splitlines()
    yield from (f"   {line}" for line in lines[:LONGEST])
    if len(lines) > LONGEST:
        yield style.drawn("…")
