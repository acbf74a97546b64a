"""Text from contracts inside Markdown and XML: it begins and ends nothing there, and calls nobody."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from outcomelang.report.plain import one_line, plain

_MARKS = re.compile(r"([\\`*_\[\]<>|~$])")
_CALLS = re.compile(r"([@#!])(?=\w)|(?<=:)//|(?<=\bwww)\.(?=\w)", re.IGNORECASE)
_LEADING = re.compile(r"^(\d+)([.)])(?= )|^([-+=>])")
_NOT_XML = re.compile("[\x0b\x0c\ufffe\uffff]")


def markdown(text: str) -> str:
    """On one line: no heading, list, table cell, code, link or tag comes of it, and no name is notified of it."""
    marked = _MARKS.sub(r"\\\1", one_line(text).replace("&", "&amp;")).replace("\\<", "&lt;").replace("\\>", "&gt;")
    called = _CALLS.sub(lambda found: f"{found[0]}<!-- -->" if found[1] else f"<!-- -->{found[0]}", marked)
    return _LEADING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}", called)


def code(text: str) -> str:
    """As code on one line. A backtick becomes an apostrophe, and a stroke cannot end a table's cell."""
    return f"`{one_line(text).replace('`', chr(39)).replace('|', chr(92) + '|')}`"


def fenced(text: str, language: str = "text") -> list[str]:
    """A block in which nothing is read as Markdown, whatever stands in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *plain(text).splitlines(), fence]


def xml(text: str) -> str:
    """Between two tags."""
    return escape(_legal(text))


def attribute(text: str) -> str:
    """As the value of an attribute, with its quotation marks."""
    return quoteattr(_legal(one_line(text)))


def _legal(text: str) -> str:
    return _NOT_XML.sub("�", plain(text))
