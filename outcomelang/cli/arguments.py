"""argparse with the manners of the house: suggestions, one sentence a mistake, and no exit in the middle."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn


class UsageExit(Exception):
    """The command line does not say what to do; `more` is the command that tells how."""

    def __init__(self, message: str, more: str) -> None:
        self.message, self.more = message, more
        super().__init__(message)


class Parser(argparse.ArgumentParser):
    """The parser of one verb; `--help` is an option like any other and is answered by the caller."""

    def __init__(self, command: str, summary: str, about: str) -> None:
        shown = f"{summary[0].upper()}{summary[1:]}.\n\n{about.strip()}"
        wide = argparse.RawDescriptionHelpFormatter
        super().__init__(command, description=shown, add_help=False, allow_abbrev=False, formatter_class=wide)
        self.add_argument("-h", "--help", action="store_true", help="show this and stop")

    def read(self, rest: list[str]) -> argparse.Namespace:
        """The options; `UsageExit` names what is missing, unknown or out of choice, with the nearest that exists."""
        if "-h" in rest or "--help" in rest:
            return argparse.Namespace(help=True)
        options, unknown = self.parse_known_args(rest)
        if unknown:
            known = [name for action in self._actions for name in action.option_strings]
            word = unknown[0].partition("=")[0]
            what = "option" if word.startswith("-") else "further word"
            self.error(f"“{word}” is no {what} of this command.{nearest(word, known)}")
        return options

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            choices = [str(choice) for choice in action.choices]
            self.error(f"“{value}” is none of {', '.join(choices)}.{nearest(str(value), choices)}")

    def error(self, message: str) -> NoReturn:
        sentence = message[0].upper() + message[1:]
        raise UsageExit(sentence if sentence.endswith((".", "?")) else sentence + ".", f"{self.prog} --help")


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean “check”?`, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), 1, 0.6)
    return f" Did you mean “{found[0]}”?" if found else ""


def contract_argument(parser: Parser) -> None:
    parser.add_argument("contract", metavar="CONTRACT", help="a contract (.outcome), or one compiled to .json")


def events_argument(parser: Parser) -> None:
    """`--events A B --events C`: one log in as many files as it has."""
    parser.add_argument(
        "--events", metavar="FILE", nargs="+", action="extend", required=True, help="the event log, in one file or more"
    )


def since_argument(parser: Parser) -> None:
    parser.add_argument("--since", metavar="LEDGER", help="an earlier ledger (JSON): say what has changed since it")


def format_argument(parser: Parser, *formats: str) -> None:
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"{', '.join(formats)} (the first if not said)"
    )


def day_argument(parser: Parser) -> None:
    parser.add_argument(
        "--as-of", metavar="DATE", help="the day of the account (2026-05-03); without it the account is final"
    )
