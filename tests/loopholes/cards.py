"""What the card of each scheme says that a checker must find in it, and must not.

`found`: must be found in the contract as it is written here. `elsewhere`: named by the card for another reading of the
terms, for the data, or under an “if” that this contract does not meet; it may be found and need not. `clean`: must not
be found. Codes are those of the catalogue of loopholes.

`python tests/loopholes/cards.py > docs/cards.md` sets it against what is found; a test fails when that page is stale.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from textwrap import fill

from attrs import frozen

from outcomelang.compiler import compile_path
from outcomelang.diagnostic import Severity
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import Loophole, find

ROOT = Path(__file__).parents[2]


@frozen
class Card:
    found: frozenset[str]
    elsewhere: frozenset[str]
    clean: frozenset[str]


def card(found: str = "", elsewhere: str = "", clean: str = "") -> Card:
    return Card(*(frozenset(f"OC{code}" for code in codes.split()) for codes in (found, elsewhere, clean)))


CARDS: dict[str, Card] = {
    "birmingham-supporting-people": card("10 32 15", "39 04", "09 16 42 03"),
    "care-leavers-sib": card("14", "09 11", "09"),
    "denver-supportive-housing-sib": card("08 43 09", "20", "38"),
    "dwp-innovation-fund": card("14 18 20 30 04 05 02", "", "08 01"),
    "entrenched-rough-sleeping-sib": card("02 04 14", "42 23 03", "11 10 17"),
    "fair-chance-fund": card("14 18 20 05 02", "", "09 10 35"),
    "four-payment-approaches": card("", "02 01 34 04 23 29", ""),
    "hmp-doncaster": card("08 20 33 05", "31", "25 13"),
    "life-chances-fund-copayment": card("13", "16 19 29", "09"),
    "local-justice-reinvestment": card("08 20 19", "", "13 25"),
    "london-rough-sleepers-sib": card("20 09 23", "25", "05 17"),
    "massachusetts-juvenile-justice-pfs": card("02 01 14 04", "", "20 05 08"),
    "nhs-hip-fracture-tariff": card("02 08 24", "", "04 38 25"),
    "nyc-able": card("08 20 34", "", "22 13 38"),
    "peterborough-sib": card("08", "21 09 40 27", "20 05 33"),
    "pfp-referral-guarantee": card("", "36 40", "36 16"),
    "positive-families-partnership": card("10 20 43 33", "36", "01 08"),
    "prime-provider-waterfall": card("08 06 34", "18", "09 05 16"),
    "rhino-bond": card("08", "", "22 13 25 01 05"),
    "tri-borough-reducing-reoffending": card("02 08 20 34", "16", "09"),
    "troubled-families": card("01 15 04 17 26 20 45", "09 29 30 24", "16 13"),
    "utah-preschool": card("20 07 44 05 24", "", "13"),
    "wiltshire-help-to-live-at-home": card("04 30", "12", "15 29"),
    "work-programme": card("06 05 11 12 35", "41", "07 15 09"),
    "youth-justice-reinvestment-pathfinder": card("27 20 24", "", "26 25"),
}

# What cards name for another reading of the terms, in the contract that takes it.
READINGS: dict[tuple[str, str], str] = {
    ("four-payment-approaches", "x3"): "OC01",
    ("four-payment-approaches", "x9"): "OC01",
    ("london-rough-sleepers-sib", "x2"): "OC25",
    ("pfp-referral-guarantee", "x2"): "OC40",
    ("pfp-referral-guarantee", "x3"): "OC40",
}

# Why a warning stands that a card does not list: it is a loophole by the catalogue, and nothing published closes it.
REASONS: dict[tuple[str, str], str] = {
    ("troubled-families", "OC10"): (
        "the published terms ask for six months of work and do not say that it begins after the family joins"
    ),
    ("nhs-hip-fracture-tariff", "OC13"): (
        "a tariff pays for whoever is brought in; the published one has neither a limit nor a number of patients"
    ),
    ("troubled-families", "OC05"): (
        "the authority chooses its families among many that meet the criteria, and an easy one is worth as much as a "
        "hard one; nothing that is published guards against it"
    ),
    ("wiltshire-help-to-live-at-home", "OC13"): (
        "what a plan may be worth, and how many there may be, is published nowhere"
    ),
}

HEAD = """# What is found in the schemes

<!-- Generated: python tests/loopholes/cards.py > docs/cards.md -->

Each scheme of the library has a card that says which loopholes a checker must find in it, and which it must not. The
table sets what `outcomelang check` finds in `contract.outcome` against its card. *As the card says* are those that must
be found and are; *also named* those that the card names for another reading, for the data, or under an “if”; *noted*
are further findings that are only notes, for the reasons that [the checker](checker.md#warning-or-note) gives; *beyond
the card* further warnings, with the reason why each of them stands below.

| scheme | as the card says | missed | also named | beyond the card | noted | accepted |
|---|---|---|---|---|---|---|
"""


@cache
def loopholes(scheme: str, reading: str = "contract") -> tuple[Loophole, ...]:
    """What is found in the main contract of a scheme, or in the one that takes another reading."""
    contract = compile_path(str(ROOT / "contracts" / scheme / f"{reading}.outcome")).core
    return find(contract, RULES, date(2026, 1, 1)).loopholes


def row(scheme: str, card: Card, found: tuple[Loophole, ...]) -> str:
    codes = {each.rule.code for each in found}
    open_ = {each.rule.code for each in found if each.severity is not Severity.NOTE and each.accepted is None}
    accepted = {each.rule.code for each in found if each.accepted is not None}
    cells = (
        codes & card.found,
        card.found - codes,
        codes & card.elsewhere,
        open_ - card.found - card.elsewhere,
        codes - card.found - card.elsewhere - open_,
        accepted,
    )
    return f"| {scheme} | " + " | ".join(", ".join(sorted(cell)) or "–" for cell in cells) + " |\n"


def beyond(scheme: str, card: Card, found: tuple[Loophole, ...]) -> str:
    """The reasons of the warnings that the card does not list."""
    named = card.found | card.elsewhere
    lines = [
        f"* {each.rule.code} {each.rule.name}: {each.finding.message}. It stands: {REASONS[scheme, each.rule.code]}."
        for each in found
        if each.rule.code not in named and each.severity is not Severity.NOTE and each.accepted is None
    ]
    wrapped = (fill(line, 120, subsequent_indent="  ", break_on_hyphens=False) for line in dict.fromkeys(lines))
    return f"\n## {scheme}\n\n" + "".join(f"{line}\n" for line in wrapped) if lines else ""


def page() -> str:
    found = {scheme: loopholes(scheme) for scheme in CARDS}
    table = "".join(row(scheme, card, found[scheme]) for scheme, card in CARDS.items())
    return HEAD + table + "".join(beyond(scheme, card, found[scheme]) for scheme, card in CARDS.items())


if __name__ == "__main__":
    sys.stdout.write(page())
