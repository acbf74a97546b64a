"""SARIF 2.1.0, for code hosts and security dashboards. Paths are relative, and fingerprints name no line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from urllib.parse import quote

from outcomelang.diagnostic import Diagnostic, Remedy
from outcomelang.report.checked import Run, accepted, fingerprints, relative, stake
from outcomelang.report.escapes import code, fenced, markdown
from outcomelang.report.explained import Explained, sections
from outcomelang.report.machine import Value, dumped, loophole
from outcomelang.report.plain import one_line, plain, sentence, worded
from outcomelang.source import Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"


Known = Mapping[str, Explained]


def as_sarif(run: Run, explained: Known) -> str:
    """One log with one run; `explained` says by name what each finding means."""
    told = {each.name for each in (*run.findings, *run.known)}
    rules = [each for each in explained.values() if each.name in told or each.acceptable]
    driver: dict[str, Value] = {
        "name": "outcomelang",
        "version": run.version,
        "rules": [_rule(each) for each in rules],
    }
    whole: dict[str, Value] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which the check was run."}}},
        "invocations": [_invocation(run, explained)],
        "results": list(_results(run, {each.name: number for number, each in enumerate(rules)})),
        "properties": _in_favour(run),
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [whole]}) + "\n"


def _results(run: Run, index: Mapping[str, int]) -> Iterator[Value]:
    """Each finding with the number of its rule, its fingerprint, and its rank: 100 is the greatest stake of the run."""
    findings = (*run.findings, *run.known)
    known, most = set(run.known), max(map(stake, findings), default=Fraction(0))
    for found, fingerprint in zip(findings, fingerprints(findings, run.root), strict=True):
        said = _result(run, found, found in known)
        said["partialFingerprints"] = {"clause/v1": fingerprint}
        if found.name in index:
            said["ruleIndex"] = index[found.name]
        if most and stake(found):
            said["rank"] = int(100 * stake(found) / most)
        yield said


def _rule(item: Explained) -> dict[str, Value]:
    rule: dict[str, Value] = {
        "id": item.code,
        "name": item.name,
        "shortDescription": {"text": sentence(item.summary or item.why)},
        "fullDescription": {"text": sentence(item.why)},
        "help": {"text": "\n".join(_help(item, False)), "markdown": "\n".join(_help(item, True))},
    }
    if item.severity:
        rule["defaultConfiguration"] = {"level": item.severity}
    return rule


def _help(item: Explained, marked: bool) -> Iterator[str]:
    yield from (f"**{item.name}** ({item.code})" if marked else f"{item.name} ({item.code})", "")
    for text in filter(None, (item.why, item.remedy)):
        yield from (markdown(text) if marked else one_line(text), "")
    for heading, body, clause in sections(item):
        if heading:
            yield from (f"### {heading}" if marked else heading, "")
        match body:
            case tuple():
                yield from (f"* {markdown(each) if marked else one_line(each)}" for each in body)
            case _ if clause:
                yield from fenced(body) if marked else (f"   {line}" for line in body.splitlines())
            case _:
                yield markdown(sentence(body)) if marked else sentence(body)
        yield ""
    more = f"outcomelang explain {item.name}"
    yield f"More: {code(more)}" if marked else f"More: {more}"


def _result(run: Run, found: Diagnostic, known: bool) -> dict[str, Value]:
    said: dict[str, Value] = {
        "ruleId": one_line(found.code),
        "level": found.severity.value,
        "message": {"text": " ".join(map(sentence, (found.message, *found.details)))},
        "locations": [_location(run, found.span, _checked(run, found), found.clause)],
        "suppressions": list(_suppressions(run, found, known)),
    }
    if found.related:
        said["relatedLocations"] = [
            {"id": number, **_location(run, place, place.path), "message": {"text": worded(what)}}
            for number, (place, what) in enumerate(found.related, 1)
        ]
    fixes: list[Value] = [_fix(run, each) for each in found.remedies if each.edits]
    if fixes:
        said["fixes"] = fixes
    if run.baseline:
        said["baselineState"] = "unchanged" if known else "new"
    if found.loophole is not None:
        said["properties"] = {
            **{name: value for name, value in loophole(found.loophole).items() if value},
            "story": [plain(line) for line in found.story],
            "remedies": [{"text": worded(each.text), "effect": worded(each.effect)} for each in found.remedies],
        }
    return said


def _checked(run: Run, found: Diagnostic) -> str:
    """The contract in which it was found: the place of what nobody wrote."""
    return next((file.path for file in run.files if found in file.findings or found in file.known), "")


def _suppressions(run: Run, found: Diagnostic, known: bool) -> Iterator[Value]:
    if found.loophole is not None and accepted(found):
        until = f" (until {found.loophole.until})" if found.loophole.until else ""
        why = f"{one_line(found.loophole.accepted)}{until}"
        yield {"kind": "inSource", "status": "accepted", "justification": why}
    if known:
        why = f"It stands in the baseline {relative(run.baseline, run.root)}."
        yield {"kind": "external", "status": "accepted", "justification": why}


def _location(run: Run, span: Span, otherwise: str, clause: str = "") -> dict[str, Value]:
    place: dict[str, Value] = {"artifactLocation": _artifact(run, span.path or otherwise)}
    if span.line:
        place["region"] = region(span)
    where: dict[str, Value] = {"physicalLocation": place}
    if clause:
        where["logicalLocations"] = [{"name": one_line(clause), "kind": "member"}]
    return where


def _artifact(run: Run, path: str) -> dict[str, Value]:
    return {"uri": quote(relative(path, run.root), errors="replace"), "uriBaseId": ROOT}


def region(span: Span) -> dict[str, Value]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": max(span.line, span.end_line),
        "endColumn": max(span.end_column, 1 if span.end_line > span.line else span.column),
    }


def _fix(run: Run, remedy: Remedy) -> dict[str, Value]:
    """A way out that can be written into the text: each file with what is replaced there."""
    changed: dict[str, list[Value]] = {}
    for edit in remedy.edits:
        replacement: dict[str, Value] = {"deletedRegion": region(edit.span)}
        if written := "".join(part if isinstance(part, str) else _words(run, part) for part in edit.parts):
            replacement["insertedContent"] = {"text": written}
        changed.setdefault(edit.span.path, []).append(replacement)
    changes: list[Value] = [
        {"artifactLocation": _artifact(run, path), "replacements": each} for path, each in changed.items()
    ]
    return {"description": {"text": worded(remedy.text)}, "artifactChanges": changes}


def _words(run: Run, span: Span) -> str:
    """The author's own words at a place."""
    source = next((each for each in run.sources if each.path == span.path), None)
    return source.words(span) if source is not None else ""


def _invocation(run: Run, explained: Known) -> dict[str, Value]:
    trouble = [*run.faults, *(f"{file.path}: {file.trouble}" for file in run.files if file.trouble)]
    if run.interrupted:
        trouble.append("The check was interrupted: not every rule was asked.")
    said: dict[str, Value] = {"executionSuccessful": not trouble}
    if trouble:
        said["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": one_line(each)}} for each in trouble
        ]
    if run.off:
        said["ruleConfigurationOverrides"] = [
            {
                "descriptor": {"id": explained[name].code},
                "configuration": {"enabled": False},
                "properties": {"because": one_line(why)},
            }
            for name, why in run.off
        ]
    return said


def _in_favour(run: Run) -> dict[str, Value]:
    said: list[Value] = [
        {
            "path": relative(file.path, run.root),
            "ruleId": each.code,
            "verdict": each.verdict,
            "argument": each.said,
        }
        for file in run.files
        for each in file.favours
    ]
    return {"favours": said, "stale": [one_line(each) for each in run.stale]}
