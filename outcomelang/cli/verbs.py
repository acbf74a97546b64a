"""The verbs, and the way from argv to the one file that carries a verb out."""

from __future__ import annotations

from importlib import import_module

from outcomelang.cli.arguments import Parser, UsageExit, nearest
from outcomelang.cli.screen import Screen

VERBS = {
    "new": "write a small contract to start from",
    "check": "find mistakes and loopholes in contracts; silent when there is none",
    "fmt": "set contracts the one way: lines, columns, spellings; words and comments stay",
    "evaluate": "what is payable on an event log: the statement and every entry behind it",
    "status": "where a contract stands: what is due, what may still come, what limits leave",
    "exposure": "what a contract can cost at most and at least, by payment, payer, year and person",
    "formula": "what each payment comes to, as algebra over named counts and amounts",
    "label": "a contract on one page, to compare it with others",
    "why": "why an amount is paid to or for somebody, or is not",
    "read": "the contract in plain legal English, clause by clause",
    "test": "run the examples that a contract carries",
    "validate": "find mistakes in an event log, before any money is computed",
    "log-schema": "what the event log of a contract must hold, for those who deliver it",
    "export": "what is earned under a contract as SQL, for a warehouse of your own",
    "explain": "what a finding means and how to close it",
}
"""Each is the module of its name here, with `arguments(parser)` and `run(options, screen)`."""


def run(argv: list[str], screen: Screen) -> int:
    """Carry out the verb that argv names; exit code."""
    if not argv or argv[0] in ("-h", "--help", "help"):
        screen.result(overview())
        return 0 if argv else 2
    if argv[0] in ("-V", "--version", "version"):
        screen.result(f"outcomelang {version()}\n")
        return 0
    if argv[0] not in VERBS:
        raise UsageExit(f"There is no command “{argv[0]}”.{nearest(argv[0], VERBS)}", "outcomelang --help")
    return carry_out(argv[0], argv[1:], screen)


def carry_out(verb: str, rest: list[str], screen: Screen) -> int:
    module = import_module(f"outcomelang.cli.{verb.replace('-', '_')}")
    parser = Parser(f"outcomelang {verb}", VERBS[verb], module.__doc__ or "")
    module.arguments(parser)
    options = parser.read(rest)
    if options.help:
        screen.result(parser.format_help())
        return 0
    code: int = module.run(options, screen)
    return code


def overview() -> str:
    lines = [f"  {verb:<11} {what}" for verb, what in VERBS.items()]
    return "\n".join(
        [
            "outcomelang: contracts that pay for outcomes, checked and evaluated to the penny.",
            "",
            "usage: outcomelang COMMAND …",
            "",
            *lines,
            "",
            "outcomelang COMMAND --help says more. Nothing leaves this machine.",
            "",
        ]
    )


def version() -> str:
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("outcomelang")
    except PackageNotFoundError:
        return "(not installed)"
