"""What the examples of contracts exercise, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from outcomelang.cli.findings import plural
from outcomelang.core import ir
from outcomelang.evaluation.coverage import Coverage
from outcomelang.report.plain import one_line


def as_text(path: str, found: Coverage) -> Iterator[str]:
    """How much of it there is, then what is missing: clauses first, then boundaries."""
    parts, sides = found.parts, found.boundaries
    yield f"{one_line(path)}: {_share([met for _, met in parts], 'part')} exercised by its examples"
    for part in found.missing:
        yield f"   not exercised: {part.kind} {one_line(part.title)}{_place(part.origin)}"
    if sides:
        yield f"   {_share([met for _, met in sides], 'side')} of thresholds and limits touched"
    for boundary, met in sides:
        if not met:
            said = f"{boundary.side} {boundary.line}".strip()
            yield f"   not touched: {one_line(boundary.of)} {one_line(said)}{_place(boundary.origin)}"


def _share(met: list[bool], what: str) -> str:
    return f"{sum(met)} of {plural(len(met), what)}"


def _place(origin: ir.Origin) -> str:
    clause = f"clause {one_line(origin.clause)}" if origin.clause else ""
    line = f"{one_line(origin.path)}:{origin.line}" if origin.line else ""
    place = ", ".join(each for each in (line, clause) if each)
    return f" ({place})" if place else ""


def as_json(found: list[tuple[str, Coverage]]) -> str:
    """The same fields for programs."""
    return json.dumps({"contracts": [_contract(path, each) for path, each in found]}, ensure_ascii=False, indent=2)


def _contract(path: str, found: Coverage) -> dict[str, object]:
    return {
        "path": path,
        "parts": [
            {"kind": part.kind, "title": part.title, "exercised": met, **_origin(part.origin)}
            for part, met in found.parts
        ],
        "boundaries": [
            {"of": b.of, "line": b.line, "side": b.side, "touched": met, **_origin(b.origin)}
            for b, met in found.boundaries
        ],
    }


def _origin(origin: ir.Origin) -> dict[str, object]:
    return {"file": origin.path, "line": origin.line, "clause": origin.clause}
