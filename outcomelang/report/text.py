"""A diagnostic as a person reads it, on one screen: head, excerpt, consequence, ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from outcomelang.diagnostic import Diagnostic, Loophole, Remedy
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
    what = "loophole" if diagnostic.loophole is not None else str(diagnostic.severity)
    left = f"{what} {dot} {one_line(diagnostic.name)} ({one_line(diagnostic.code)})"
    where = place(diagnostic.span) + (f", clause {one_line(diagnostic.clause)}" if diagnostic.clause else "")
    gap = style.width - columns(left) - columns(where)
    space = "" if not where else " " * gap if gap >= 2 else "\n   "
    return left.replace(what, style.severity(diagnostic.severity, what), 1) + space + where.lstrip(", ")


def shown_by(loophole: Loophole, style: Style) -> Iterator[list[str]]:
    """How sure it is, and for what reason it is accepted."""
    if loophole.argument:
        yield wrapped(sentence(f"{loophole.verdict.capitalize()}: {loophole.argument}"), style.width)
    if loophole.accepted:
        until = f" until {loophole.until}" if loophole.until else ""
        yield wrapped(sentence(f"Accepted{until}, because “{one_line(loophole.accepted)}”"), style.width)


def place(span: Span) -> str:
    """`contract.outcome:12`, or nothing for what nobody wrote."""
    return one_line(span.path) + (f":{span.line}" if span.line else "") if span.path else ""


def story_lines(said: str, style: Style) -> list[str]:
    """What happened on a day, and to whom."""
    return (
        wrapped(worded(said), style.width, "      ", "   ")
        if columns(said) + 3 > style.width
        else [f"   {plain(said)}"]
    )


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
    """Options, the effect of each beside it where it fits, below it where it does not."""
    lines = ["To close it, one of" if len(remedies) > 1 else "To close it"]
    bullet = style.drawn("   • ")
    said = [(worded(remedy.text), worded(remedy.effect)) for remedy in remedies]
    across = min(46, max(columns(what) for what, _ in said))
    for what, effect in said:
        beside = f"{what:<{across}}   {effect}".rstrip()
        if "\n" not in beside and columns(bullet + beside) <= style.width:
            lines.append(bullet + beside)
            continue
        lines += wrapped(what, style.width, "     ", bullet)
        lines += wrapped(effect, style.width, "       ") if effect else []
    return lines
