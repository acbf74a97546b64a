"""The page of the standard library, made from its files: `python -m outcomelang.cli.library_page`."""

from __future__ import annotations

from collections.abc import Iterator

from outcomelang.cli.shelf import Definition, Shelf, shelves

_HEAD = """\
# The standard library

Definitions that many schemes share, for `use NAME from "employment"`: [Libraries](language.md#libraries) says what that
means. Each file can be read, checked and tested by itself, with the samples in its blanks:
`outcomelang test stdlib/employment.outcome`.

This page is made from the files: `python -m outcomelang.cli.library_page > docs/standard-library.md`.

| library | is about |
|---|---|
"""


def page() -> str:
    """The whole page."""
    found = shelves()
    rows = "".join(f"| [`{shelf.name}`](#{_anchor(shelf)}) | {shelf.purpose} |\n" for shelf in found)
    return _HEAD + rows + _SCHEME + "".join(f"\n{line}" for shelf in found for line in _section(shelf)) + "\n"


def _anchor(shelf: Shelf) -> str:
    return shelf.title.lower().replace(" ", "-")


def _section(shelf: Shelf) -> Iterator[str]:
    yield f"## {shelf.title}"
    yield ""
    yield f'`from "{shelf.name}"`: {shelf.purpose[0].lower()}{shelf.purpose[1:]}.'
    yield ""
    if shelf.blanks:
        yield "| blank | holds | such as | says |"
        yield "|---|---|---|---|"
        yield from (f"| {blank.name} | {blank.kind} | {blank.sample} | {blank.meaning} |" for blank in shelf.blanks)
        yield ""
    for definition in shelf.definitions:
        yield from _definition(definition)


def _definition(definition: Definition) -> Iterator[str]:
    blanks = ", ".join(definition.blanks)
    yield f"### {definition.name}"
    yield ""
    if definition.about:
        yield from _folded(definition.about)
        yield ""
    if blanks:
        yield f"Blanks: {blanks}."
        yield ""
    yield "```text"
    yield definition.text
    yield "```"
    yield ""


def _folded(words: str) -> Iterator[str]:
    line = ""
    for word in words.split():
        if len(line) + len(word) + 1 > 120:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line


_SCHEME = """
## A whole scheme

Under forty lines, its example included: people brought into homes and work and kept there, each result paid once.

```outcome
contract "Homes and work"
purpose "To bring homeless people into homes and work, and to keep them there"
commissioner Council
provider Charity
assessor Registrar independent
currency GBP
term beginning on 1 April 2026 and ending on 31 March 2029
claims up to and including 31 March 2031

participant Client, joins on Referral, once, selected by the Council
event Referral of a Client is an input, recorded by the Council

use Home Entry from "accommodation", where Recorder is Registrar
use New Home Stages from "accommodation", where Start is Referral and Recorder is Registrar
use Work Steps from "employment", where Start is Referral and Recorder is Registrar
outcome Home of a Client is Home Entry
outcome Home Kept of a Client is New Home Stages, where Home Steps is 6 and 12 months
outcome Work of a Client is Work Steps, where Job Steps is 13 and 26 weeks

payment Rate Card: the Council pays the Charity for each:
  Home                     £600
  Home Kept at 6 months    £1,500
  Home Kept at 12 months   £2,500
  Work at 13 weeks         £1,900
  Work at 26 weeks         £1,800

limit Rate Card to £7,000 for each Client; earliest first; the excess is not paid
limit all payments to £400,000; earliest first; the excess is not paid

example "A home kept for a year, and 26 weeks of work: £8,300, of which £7,000 are paid"
  given Client "A"
    1 May 2026       Referral
    1 June 2026      Moving In
    7 September 2026 Job Start
    7 March 2027     Job End      -- 182 days
    1 July 2027      Moving Out
  expect
    Rate Card        £7,000
    total            £7,000
```
"""


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
