"""A label as text for a screen, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from outcomelang.cli.days import in_words
from outcomelang.loopholes.deciders import Line
from outcomelang.loopholes.label import Label
from outcomelang.report.plain import one_line, wrapped

_WIDTH = 100
_NAME = 26


def label_text(label: Label, digest: str) -> str:
    """One page; the reasons stand below each answer."""
    blocks = [
        [
            one_line(label.title),
            *(wrapped(one_line(label.purpose), _WIDTH) if label.purpose else ()),
            *wrapped(one_line(label.parties), _WIDTH),
            label.term,
        ],
        *([name.upper(), *(text for line in lines for text in _line(line))] for name, lines in label.groups),
        ["Under these assumptions:", *(text for each in label.premises for text in wrapped(one_line(each), _WIDTH))],
        [f"As of {in_words(label.as_of)}. Contract {digest[:16]}. It explains the agreement and is no part of it."],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _line(line: Line) -> Iterator[str]:
    yield from wrapped(one_line(line.answer), _WIDTH, " " * _NAME, f"{line.name:<{_NAME}}")
    for reason in line.because:
        yield from wrapped(one_line(reason), _WIDTH, " " * (_NAME + 2), " " * (_NAME + 2))


def label_json(label: Label, digest: str) -> str:
    """One object; the same contract and day give the same bytes."""
    record = {
        "contract": label.title,
        "digest": digest,
        "as_of": label.as_of.isoformat(),
        "purpose": label.purpose,
        "parties": label.parties,
        "term": label.term,
        "lines": [
            {"group": name, "name": line.name, "answer": line.answer, "because": list(line.because)}
            for name, lines in label.groups
            for line in lines
        ],
        "assumptions": list(label.premises),
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
