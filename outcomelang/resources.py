"""Where the files stand that are not Python: the grammar, the standard library, the contracts of schemes."""

from __future__ import annotations

from functools import cache
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


@cache
def stdlib_names() -> tuple[str, ...]:
    """The libraries that come with the language, by name: `employment` stands in `employment.outcome`."""
    return tuple(sorted(path.stem for path in stdlib_dir().glob("*.outcome")))


@cache
def stdlib_text(name: str) -> str:
    """The text of such a library. `FileNotFoundError` for any other name, with those that look like it."""
    if name not in stdlib_names():
        from difflib import get_close_matches

        raise FileNotFoundError(name, tuple(get_close_matches(name.lower(), stdlib_names(), n=2, cutoff=0.6)))
    return (stdlib_dir() / f"{name}.outcome").read_text(encoding="utf-8")


def scheme_names() -> tuple[str, ...]:
    """The schemes whose contracts are at hand; none where an installation came without them."""
    return tuple(sorted(path.parent.name for path in _folder("contracts").glob("*/contract.outcome")))


def scheme_file(name: str, file: str) -> str:
    """A file beside the contract of a scheme: its holidays."""
    return (_folder("contracts") / name / file).read_text(encoding="utf-8")


def scheme_review(name: str) -> str | None:
    """The review beside the contract of a scheme, if it has one."""
    path = _folder("contracts") / name / "contract.review"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def clean_text() -> str:
    """The contract in which no loophole is found."""
    return (_PACKAGE / "loopholes" / "clean.outcome").read_text(encoding="utf-8")


def scheme_text(name: str) -> str:
    """The contract of a scheme (one of `scheme_names`)."""
    return (_folder("contracts") / name / "contract.outcome").read_text(encoding="utf-8")
