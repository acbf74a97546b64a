"""A diagnostic as a person reads it, on one screen: head, excerpt, consequence, ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outcomelang.diagnostic import Diagnostic, Loophole, Remedy, Severity
from outcomelang.report.excerpt import excerpt
from outcomelang.report.plain import columns, one_line, plain, sentence, worded, wrapped
from outcomelang.report.style import Style
from outcomelang.source import Source, Span


def text(diagnostic: Diagnostic, sources: Mapping[str, Source], style: Style) -> str:
    """One finding; parts with nothing to say are left out. `sources` by path give the excerpts."""
    blocks = (block for block in parts(diagnostic, sources, style) if block)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def parts(diagnostic: Diagnostic, sources: Mapping[str, Source], style: Style) -> Iterator[list[str]]:
    yield [head(diagnostic, style)]
    yield quoted(diagnostic.span, diagnostic.label, sources, style)
    yield wrapped(sentence(diagnostic.message), style.width)
    for detail in diagnostic.details:
        yield wrapped(sentence(detail), style.width)
    for span, what in diagnostic.related:
        yield [*wrapped(f"{worded(what)} ({place(span)})", style.width), *quoted(span, "", sources, style)]
    if diagnostic.story:
        yield ["For example", *(line for said in diagnostic.story for line in story_lines(said, style))]
    if diagnostic.loophole is not None:
        yield from shown_by(diagnostic.loophole, style)
    if diagnostic.template:
        yield ["Such a clause is written", *template_lines(diagnostic.template, style)]
    if diagnostic.remedies:
        yield ways_out(diagnostic.remedies, style)
    yield [f"More: outcomelang explain {one_line(diagnostic.name)}"]


def head(diagnostic: Diagnostic, style: Style) -> str:
    """`error · unknown-name (OL104)          contract.outcome:12, clause 2.1`, on two lines where one is too short."""
    dot = style.drawn("·")
    what = kind(diagnostic)
    left = f"{what} {dot} {one_line(diagnostic.name)} ({one_line(diagnostic.code)})"
    where = place(diagnostic.span) + (f", clause {one_line(diagnostic.clause)}" if diagnostic.clause else "")
    gap = style.width - columns(left) - columns(where)
    space = "" if not where else " " * gap if gap >= 2 else "\n   "
    return left.replace(what, style.severity(diagnostic.severity, what), 1) + space + where.lstrip(", ")


def kind(diagnostic: Diagnostic) -> str:
    """`error`, `note` …; of a loophole that it is one, and its severity where that is not the usual one."""
    if diagnostic.loophole is None:
        return str(diagnostic.severity)
    if diagnostic.loophole.accepted:
        return "accepted loophole"
    return "loophole" if diagnostic.severity is Severity.WARNING else f"loophole ({diagnostic.severity})"


def shown_by(loophole: Loophole, style: Style) -> Iterator[list[str]]:
    """How sure it is, and for what reason it is accepted."""
    if loophole.argument or loophole.verdict in SURE:
        yield wrapped(how_sure(loophole), style.width)
    if loophole.accepted:
        until = f" until {loophole.until}" if loophole.until else ""
        yield wrapped(sentence(f"Accepted{until}, because “{one_line(loophole.accepted)}”"), style.width)


SURE = {"witness": "Witness, paid by the evaluator as shown"}
"""How sure a finding is, where the word of the verdict alone would not say it."""


def how_sure(loophole: Loophole) -> str:
    """`Proved. Nothing bounds it.`"""
    argument = sentence(loophole.argument)
    return f"{SURE.get(loophole.verdict, loophole.verdict.capitalize())}. {argument[:1].upper()}{argument[1:]}".rstrip()


def place(span: Span) -> str:
    """`contract.outcome:12`, or nothing for what nobody wrote."""
    return one_line(span.path) + (f":{span.line}" if span.line else "") if span.path else ""


def story_lines(said: str, style: Style) -> list[str]:
    """What happened on a day, and to whom: as it is, or broken with what goes on below its last column."""
    line = plain(said)
    last = (line[line.rfind("   ") + 3 :] if "   " in line else line).lstrip()
    before = line[: len(line) - len(last)]
    indent = " " * (3 + columns(before) if columns(before) <= style.width // 2 else 6)
    return wrapped(last, style.width, indent, f"   {before}")


def template_lines(template: str, style: Style) -> list[str]:
    """As it is kept where it fits, else broken between its words."""
    lines: list[str] = []
    for line in template.splitlines():
        fits = columns(line) + 3 <= style.width
        lines += [f"   {plain(line)}"] if fits else wrapped(line, style.width, "      ", "   ")
    return lines


def quoted(span: Span, label: str, sources: Mapping[str, Source], style: Style) -> list[str]:
    source = sources.get(span.path)
    return excerpt(source, span, label, style) if source and span.line else wrapped(label, style.width) if label else []


def ways_out(remedies: tuple[Remedy, ...], style: Style) -> list[str]:
    """Options, the effect of each beside it where all fit so, else below it."""
    lines = ["To close it, one of" if len(remedies) > 1 else "To close it"]
    bullet = style.drawn("   • ")
    said = [(worded(remedy.text), worded(remedy.effect)) for remedy in remedies]
    across = max(columns(what) for what, _ in said)
    beside = [f"{bullet}{what:<{across}}   {effect}".rstrip() for what, effect in said]
    if all("\n" not in line and columns(line) <= style.width for line in beside):
        return [*lines, *beside]
    for what, effect in said:
        lines += wrapped(what, style.width, "     ", bullet)
        lines += wrapped(effect, style.width, "       ") if effect else []
    return lines
