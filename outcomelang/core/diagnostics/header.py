"""What a contract must say of itself, of its participants and of its evidence."""

from __future__ import annotations

from outcomelang.core.diagnostics.ground import HEAD
from outcomelang.surface.catalogue import Mistake

HEADER = (
    Mistake(
        "OL160",
        "title-missing",
        "Without a title nobody can tell of which contract a statement is: statements and examples name it.",
        HEAD + "currency GBP\n"
        "term beginning on 1 April 2025 and ending on 31 March 2028\n"
        "claims up to and including 30 June 2028",
        'contract "Grant"\n' + HEAD + "currency GBP\n"
        "term beginning on 1 April 2025 and ending on 31 March 2028\n"
        "claims up to and including 30 June 2028",
    ),
    Mistake(
        "OL161",
        "currency-missing",
        "Amounts are paid in one currency, and the contract says which.",
        'contract "Grant"\n' + HEAD + "term beginning on 1 April 2025 and ending on 31 March 2028\n"
        "claims up to and including 30 June 2028",
        'contract "Grant"\n' + HEAD + "currency GBP\n"
        "term beginning on 1 April 2025 and ending on 31 March 2028\n"
        "claims up to and including 30 June 2028",
    ),
    Mistake(
        "OL162",
        "term-missing",
        "Lump sums fall due on the first day of the term, and figures without a window are read on its last.",
        'contract "Grant"\n' + HEAD + "currency GBP\nclaims up to and including 30 June 2028",
        'contract "Grant"\n' + HEAD + "currency GBP\n"
        "term beginning on 1 April 2025 and ending on 31 March 2028\n"
        "claims up to and including 30 June 2028",
    ),
    Mistake(
        "OL163",
        "claims-missing",
        "Without a last day for claims no account is ever final, and no limit, share or average is ever settled.",
        'contract "Grant"\n' + HEAD + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028",
        'contract "Grant"\n' + HEAD + "currency GBP\n"
        "term beginning on 1 April 2025 and ending on 31 March 2028\n"
        "claims up to and including 30 June 2028",
    ),
    Mistake(
        "OL164",
        "clause-given-twice",
        "Two clauses that each say the one thing cannot both hold.",
        "claims up to and including 31 December 2028",
        'purpose "More lasting work"',
    ),
    Mistake(
        "OL165",
        "recorded-by-missing",
        "A row counts on the evidence of the party that the contract names.",
        "event Move is an outcome, more is better",
        "event Move is an outcome, recorded by HMRC, more is better",
    ),
    Mistake(
        "OL166",
        "joining-missing",
        "Windows and payments begin on the day somebody joins.",
        "participant Helper, once",
        "participant Helper, joins on Review, once",
    ),
    Mistake(
        "OL167",
        "joining-again-unstated",
        "Whether one person can join twice decides whether one person can be paid for twice.",
        "participant Helper, joins on Review",
        "participant Helper, joins on Review, again after 12 months",
    ),
    Mistake(
        "OL168",
        "observed-until-differs",
        "A state is known as long as both its events are watched; two days leave open which one counts.",
        "event Illness is an outcome, recorded by HMRC, observed until 31 March 2026\n"
        "event Recovery is an outcome, recorded by HMRC, observed until 31 March 2027\n"
        "state Ill beginning on Illness and ending on Recovery",
        "event Illness is an outcome, recorded by HMRC, observed until 31 March 2026\n"
        "event Recovery is an outcome, recorded by HMRC, observed until 31 March 2026\n"
        "state Ill beginning on Illness and ending on Recovery",
    ),
    Mistake(
        "OL169",
        "said-twice",
        "Two deadlines, two orders or two recorders cannot both count; the one that is written "
        "last would win in silence.",
        "outcome Work of a Client, when Job Start occurs, once, each time",
        "outcome Work of a Client, when Job Start occurs, once",
    ),
)
