"""How many there are, in words."""

from __future__ import annotations

from collections.abc import Sequence

from outcomelang.diagnostic import Diagnostic, Severity


def counted(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """`2 errors and 1 note in 3 files.`"""
    counts = [(s.value, sum(d.severity is s for d in diagnostics)) for s in Severity]
    found = [plural(n, word) for word, n in counts if n]
    listed = " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]])) or "Nothing found"
    return f"{listed} in {plural(files, 'file')}."


def plural(number: int, word: str, words: str = "") -> str:
    return f"{number:,} {word if number == 1 else words or word + 's'}"
