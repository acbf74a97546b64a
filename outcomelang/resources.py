"""Where the files stand that are not Python: the grammar and the standard library."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """In a wheel `_NAME` inside the package, in a checkout or an editable install `NAME` beside it."""
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


def grammar_text() -> str:
    """The whole of `grammar/outcome.lark`, with line ends as in the repository."""
    return (_folder("grammar") / "outcome.lark").read_text(encoding="utf-8")


def stdlib_dir() -> Path:
    """The folder of the standard library's `*.outcome` files."""
    return _folder("stdlib")
