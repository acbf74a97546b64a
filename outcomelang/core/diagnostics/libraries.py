"""What can go wrong between a contract and the library that it uses."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

_WORK = 'use Held Work from "work.outcome", where Work is Employment'

LIBRARIES = (
    Mistake(
        "OL250",
        "library-not-found",
        "A definition is taken from a text; without that text nothing is defined.",
        'use Held Work from "nowhere"',
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL251",
        "library-in-a-circle",
        "Two libraries that each use the other never come to a definition.",
        'use Turning from "turning.outcome"',
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL252",
        "definition-unknown",
        "A contract uses what a library defines; a name that is not in it defines nothing.",
        'use Held Worx from "work.outcome"',
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL253",
        "blank-not-filled",
        "The library leaves a figure to the parties; until they give it, nobody knows what is owed.",
        f"{_WORK}\noutcome Held of a Client is Held Work",
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL254",
        "blank-does-not-fit",
        "A length of time fills a length of time, an amount an amount, and each blank once.",
        f"{_WORK}\noutcome Held of a Client is Held Work with £26",
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL255",
        "library-name-unknown",
        "What is said about a name that the library does not have changes nothing.",
        'use Held Work from "work.outcome", where Wok is Employment\n'
        "outcome Held of a Client is Held Work with 26 weeks",
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL256",
        "stand-in-missing",
        "Who takes part, pays and records is for the contract to say, never for a library.",
        'use Meeting from "work.outcome"',
        'use Meeting from "work.outcome", where Worker is Client and Recorder is Provider',
    ),
    Mistake(
        "OL257",
        "stand-in-does-not-fit",
        "Nothing can be computed from a party that stands for a state: states stand for states, parties for parties.",
        'use Held Work from "work.outcome", where Work is Job Start\n'
        "outcome Held of a Client is Held Work with 26 weeks",
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL258",
        "name-also-in-library",
        "One name would mean one thing in the contract and another in what it takes from the library.",
        'use Held Work from "work.outcome"\n'
        "outcome Held of a Client is Held Work with 26 weeks\n"
        "define Work as the number of Reviews",
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks\ndefine Work as the number of Reviews",
    ),
    Mistake(
        "OL259",
        "template-unknown",
        "An outcome can be like one that a library defines only if the contract uses it.",
        "outcome Held of a Client is Held Work with 26 weeks",
        f"{_WORK}\noutcome Held of a Client is Held Work with 26 weeks",
    ),
    Mistake(
        "OL260",
        "blank-outside-library",
        "A contract with blanks would be paid by its samples.",
        'blank Job Length such as 26 weeks "how long a job is held"\n'
        "outcome Held of a Client, when Employment reaches [Job Length] in total, once",
        "outcome Held of a Client, when Employment reaches 26 weeks in total, once",
    ),
)

WORK = """\
library "Work"
provider Provider
party Recorder
currency GBP
term beginning on 1 April 2025 and ending on 31 March 2028
claims up to and including 30 September 2028
blank Job Length such as 13 weeks "how long a job is held"
participant Worker, joins on Meeting, once, selected by the Recorder
event Meeting of a Worker is an input, recorded by the Recorder
event Beginning of a Worker is an outcome, recorded by the Recorder, more is better
event Ending of a Worker is an outcome, recorded by the Recorder, fewer is better
state Work of a Worker beginning on Beginning and ending on Ending, more is better
outcome Held Work of a Worker, when Work reaches [Job Length] in total, once
payment Fee: the Recorder pays the Provider £10 for each Held Work
"""

TURNING = 'library "Turning"\nuse Turning from "turning.outcome"\n'
