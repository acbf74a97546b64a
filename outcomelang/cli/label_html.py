"""A label as one page of HTML: no script, nothing from elsewhere, every word of a contract escaped; prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from outcomelang.cli.days import in_words
from outcomelang.loopholes.deciders import Line
from outcomelang.loopholes.label import Label
from outcomelang.report.plain import one_line

_STYLE = """
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { font: 10.5pt/1.4 Georgia, "Times New Roman", serif; color: #1b1b1b; background: #fff; max-width: 182mm;
  margin: 0 auto; padding: 8mm 4mm }
header { border-bottom: 2pt solid #1b1b1b; padding-bottom: 3mm; margin-bottom: 4mm }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 1.5mm }
header p { margin: 0; color: #444 }
h2 { font: 600 8.5pt/1.3 "Helvetica Neue", Arial, sans-serif; letter-spacing: .09em; text-transform: uppercase;
  color: #444; border-bottom: .5pt solid #bbb; margin: 4mm 0 1mm; padding-bottom: .8mm }
dl { display: grid; grid-template-columns: 44mm 1fr; gap: 1.2mm 4mm; margin: 0 }
dt { color: #333 }
dd { margin: 0; overflow-wrap: anywhere }
dd b { font-variant-numeric: tabular-nums lining-nums }
dd small { display: block; font-size: 8.5pt; color: #555 }
footer { border-top: .5pt solid #bbb; margin-top: 5mm; padding-top: 2mm; font-size: 8pt; color: #555 }
footer p { margin: 0 0 1mm }
@media (max-width: 600px) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: 2mm } }
@media print { body { padding: 0; font-size: 9.5pt } section, dt, dd { break-inside: avoid } }
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def label_html(label: Label, digest: str) -> str:
    """The whole document."""
    title = _safe(label.title)
    return "\n".join(
        (
            *_head(title),
            "<body>",
            "<header>",
            f"<h1>{title}</h1>",
            *(f"<p>{_safe(text)}</p>" for text in (label.purpose, label.parties, label.term) if text),
            "</header>",
            "<main>",
            *(text for name, lines in label.groups for text in _group(name, lines)),
            "</main>",
            "<footer>",
            *(f"<p>Assumed: {_safe(each)}</p>" for each in label.premises),
            f"<p>As of {in_words(label.as_of)}. Contract {_safe(digest[:16])}.</p>",
            "<p>It explains the agreement and is no part of it.</p>",
            "</footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def _head(title: str) -> tuple[str, ...]:
    return (
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}: label</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
    )


def _group(name: str, lines: tuple[Line, ...]) -> Iterator[str]:
    yield f"<section>\n<h2>{_safe(name)}</h2>\n<dl>"
    for line in lines:
        reasons = "".join(f"<small>{_safe(each)}</small>" for each in line.because)
        yield f"<dt>{_safe(line.name)}</dt>\n<dd><b>{_safe(line.answer)}</b>{reasons}</dd>"
    yield "</dl>\n</section>"


def _safe(text: str) -> str:
    """Text that is no markup and holds no character which moves or reorders anything."""
    return escape(one_line(text), quote=True)
