"""Which contracts are meant: files as they are named, and what stands below directories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from outcomelang.cli.screen import Screen


def chosen(given: Sequence[str], screen: Screen) -> list[str]:
    """Every contract once; of the path of a review it is said what it is."""
    for path in given:
        if whose := contracts_of_review(path):
            screen.message(f"{path} is a review: it is checked with its contract, {whose}.")
    return list(dict.fromkeys(path for one in given for path in contracts(one)))


def contracts(given: str) -> Iterator[str]:
    """The path itself (of a review, that of its contract), or the contracts below a directory.

    A review without a contract beside it stands for itself: nobody would miss what is never read.
    """
    below = files(given)
    known = set(below)
    for path in below:
        whose = contracts_of_review(path)
        if not whose:
            yield path
        elif whose not in known:
            yield whose


def contracts_of_review(path: str) -> str:
    """The contract beside a review; empty for other files, and where there is none."""
    from outcomelang.core.review import contract_of

    whose = contract_of(path)
    return whose if whose != path and Path(whose).is_file() else ""


def files(given: str) -> list[str]:
    """The path itself, or contracts and reviews below a directory in the order of their names, without hidden folders.

    A directory without a contract is refused.
    """
    from outcomelang.core.review import CONTRACT, REVIEW

    root = Path(given)
    if not root.is_dir():
        return [given]
    some = (path for ending in (CONTRACT, REVIEW) for path in root.rglob(f"*{ending}"))
    below = sorted(path for path in some if not any(name.startswith(".") for name in path.relative_to(root).parts))
    if not any(path.suffix == CONTRACT for path in below):
        raise FileNotFoundError(2, "There is no *.outcome file in this directory", given)
    return [str(path) for path in below]
