"""Tables and groups: each value has one row, and one only."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

TABLES = (
    Mistake(
        "OL150",
        "gap-in-ranges",
        "A figure that falls between two rows earns nothing, though nobody meant it.",
        "table Step by Offences Seen  below 10 £300  from 11 nothing",
        "table Step by Offences Seen  below 10 £300  from 10 nothing",
    ),
    Mistake(
        "OL151",
        "overlap-in-ranges",
        "A figure that falls into two rows has two prices.",
        "table Step by Offences Seen  at most 10 £300  from 10 nothing",
        "table Step by Offences Seen  below 10 £300  from 10 nothing",
    ),
    Mistake(
        "OL152",
        "range-empty",
        "A row whose end is before its beginning holds nothing.",
        "table Step by Offences Seen  below 10 £300  from 10 to below 5 £200  from 10 nothing",
        "table Step by Offences Seen  below 5 £300  from 5 to below 10 £200  from 10 nothing",
    ),
    Mistake(
        "OL153",
        "row-missing",
        "People in a row that the table leaves out are paid for by nothing, though nobody meant it.",
        'table Area Price by Area  "North" £300',
        'table Area Price by Area  "North" £300  "South" nothing',
    ),
    Mistake(
        "OL154",
        "row-doubled",
        "Two rows for one case are two prices for it.",
        'table Area Price by Area  "North" £300  "South" £200  "North" £250',
        'table Area Price by Area  "North" £300  "South" £200',
    ),
    Mistake(
        "OL155",
        "key-does-not-fit",
        "A row for something else than what the table goes by is never read, and its price never paid.",
        "table Step by Offences Seen  below £10 £300  from £10 nothing",
        "table Step by Offences Seen  below 10 £300  from 10 nothing",
    ),
    Mistake(
        "OL156",
        "rows-of-two-kinds",
        "Where one row gives an amount and another a number, nobody can say what the table is worth: it gives one kind "
        "of thing.",
        'table Area Price by Area  "North" £300  "South" 12',
        'table Area Price by Area  "North" £300  "South" £12',
    ),
    Mistake(
        "OL157",
        "row-without-range",
        "Nobody is in a row without dates, and nobody in it is paid for: a cohort by dates needs them for each row.",
        'cohort Half of a Client, by date of Referral  "First half"  "Second half" from 1 October 2026',
        'cohort Half of a Client, by date of Referral  "First half" from 1 April 2025 to 30 September '
        '2026  "Second half" from 1 October 2026',
    ),
    Mistake(
        "OL158",
        "group-rule-missing",
        "Who decides in which group somebody is, decides what is paid.",
        'group Need of a Client  "High"  "Low"',
        'group Need of a Client, set by the Council  "High"  "Low"',
    ),
)
