"""Days, windows, lengths of time, and how often an outcome counts."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

DAYS = (
    Mistake(
        "OL124",
        "repeatable-anchor",
        "A window counted from something that can happen twice has two ends; “first” or “latest” says "
        "which one counts.",
        "outcome Quick of a Client, when Job Start occurs in the 6 months after Review, once",
        "outcome Quick of a Client, when Job Start occurs in the 6 months after the first Review, once",
    ),
    Mistake(
        "OL125",
        "not-a-day",
        "A window that is counted from something else than a day has no first day and no last one.",
        "outcome Quick of a Client, when Job Start occurs in the 6 months after the Offences Seen, once",
        "outcome Quick of a Client, when Job Start occurs in the 6 months after Referral, once",
    ),
    Mistake(
        "OL126",
        "dates-out-of-order",
        "A stretch of time that ends before it begins holds no day.",
        "define Late as the number of Offences between 1 May 2026 and 1 May 2025",
        "define Late as the number of Offences between 1 May 2025 and 1 May 2026",
    ),
    Mistake(
        "OL127",
        "part-of-a-day",
        "Half a month has no last day. Windows are whole days, weeks, months or years.",
        "outcome Quick of a Client, when Job Start occurs in the 1.5 months after Referral, once",
        "outcome Quick of a Client, when Job Start occurs in the 45 days after Referral, once",
    ),
    Mistake(
        "OL128",
        "months-in-total",
        "Several stretches in different months do not add up to months: 30 days are one month in April "
        "and none in May.",
        "outcome Half Year of a Client, when Employment reaches 6 months in total, once",
        "outcome Half Year of a Client, when Employment reaches 26 weeks in total, once",
    ),
    Mistake(
        "OL129",
        "break-rule-missing",
        "Whether the days before a break still count has been worth thousands of pounds a head; the contract says it.",
        "outcome Half Year of a Client, when Employment reaches 26 weeks, once",
        "outcome Half Year of a Client, when Employment reaches 26 weeks without a break, once",
    ),
    Mistake(
        "OL130",
        "how-often-missing",
        "Without “once” or “each time”, one reader pays the second job and the other does not.",
        "outcome Work of a Client, when Job Start occurs",
        "outcome Work of a Client, when Job Start occurs, once",
    ),
    Mistake(
        "OL131",
        "further-without-start",
        "Further time that is counted from nothing is never reached: it follows an outcome.",
        "outcome Kept of a Client, when Employment reaches a further 4 weeks without a break, up to 13 times",
        "outcome Kept of a Client, after Job, when Employment reaches a further 4 weeks without a break, "
        "up to 13 times",
    ),
    Mistake(
        "OL132",
        "nobody-at-hand",
        "A state lasts for one person. A cohort as such is neither in work nor out of it.",
        "outcome Work of a Year, when Employment reaches 26 weeks in total",
        "outcome Work of a Client, when Employment reaches 26 weeks in total, once",
    ),
    Mistake(
        "OL133",
        "rungs-do-not-rise",
        "A step that is less than the one before it has been passed already, and is paid at once or never: steps are "
        "given from the least to the greatest.",
        "outcome Kept of a Client, when Employment reaches 6 and 3 months without a break, each once",
        "outcome Kept of a Client, when Employment reaches 3 and 6 months without a break, each once",
    ),
    Mistake(
        "OL134",
        "condition-missing",
        "An outcome without a condition is achieved by nobody, or by everybody.",
        "outcome Work of a Client, once",
        "outcome Work of a Client, when Job Start occurs, once",
    ),
    Mistake(
        "OL135",
        "period-without-length",
        "Periods follow one another; one that lasts no time would follow itself for ever.",
        "period Moment is every 0 days from 1 April 2025",
        "period Day is every 1 day from 1 April 2025",
    ),
    Mistake(
        "OL137",
        "settled-after-last-claim",
        "The final account is drawn up on the last day for claims; what is decided later is paid by nobody.",
        "define Offences Since of each Year as the number of Offences in the 60 months after Referral\n"
        "outcome Calm of a Year, when Offences Since is below 10",
        "define Offences Since of each Year as the number of Offences in the 12 months after Referral\n"
        "outcome Calm of a Year, when Offences Since is below 10",
    ),
    Mistake(
        "OL138",
        "observed-too-short",
        "That something did not happen is known only as long as somebody watches; after that nobody can say so.",
        "event Illness is an outcome, recorded by HMRC, fewer is better, observed until 30 June 2025\n"
        "outcome Healthy of a Client, when no Illness occurs in the 6 months after Referral",
        "event Illness is an outcome, recorded by HMRC, fewer is better, observed until 30 September 2028\n"
        "outcome Healthy of a Client, when no Illness occurs in the 6 months after Referral",
    ),
    Mistake(
        "OL270",
        "silence-of-nobody",
        "Silence means something only of a party that was to speak.",
        "outcome Work of a Client, when Job Start occurs, once, within 20 days, silence counts as verified",
        "outcome Work of a Client, when Job Start occurs, once, verified by HMRC within 20 days, "
        "silence counts as verified",
    ),
    Mistake(
        "OL271",
        "holidays-missing",
        "Working days are Mondays to Fridays that are no holidays, and a contract names its holidays.",
        "outcome Quick of a Client, when Job Start occurs, once, within 20 working days of Referral",
        'holidays "england.csv"\n'
        "outcome Quick of a Client, when Job Start occurs, once, within 20 working days of Referral",
    ),
    Mistake(
        "OL272",
        "working-days-out-of-place",
        "Working days are the time that somebody has to act. A state lasts through weekends, and a working week has no "
        "length.",
        "outcome Half Year of a Client, when Employment reaches 130 working days in total, once",
        "outcome Half Year of a Client, when Employment reaches 26 weeks in total, once",
    ),
    Mistake(
        "OL273",
        "holidays-unreadable",
        "The holidays stand in a CSV file beside the contract: a line with the column name “date”, then a line for "
        "each day. The compiled contract keeps them, and its digest covers them.",
        'holidays "nowhere.csv"',
        'holidays "england.csv"',
    ),
    Mistake(
        "OL274",
        "holidays-not-listed",
        "Where no holiday of a year is listed, each of its Mondays to Fridays counts as a working day, Christmas too.",
        'holidays "england-2025.csv"\n'
        "outcome Quick of a Client, when Job Start occurs, once, within 20 working days of Referral",
        'holidays "england.csv"\n'
        "outcome Quick of a Client, when Job Start occurs, once, within 20 working days of Referral",
    ),
    Mistake(
        "OL275",
        "reached-once",
        "A total is reached on one day, and a list is met on one day. What counts several times must come again: an "
        "event, a length without a break, or a further length.",
        "outcome Kept of a Client, when Employment reaches 26 weeks in total, each time",
        "outcome Kept of a Client, when Employment reaches 26 weeks without a break, each time",
    ),
    Mistake(
        "OL185",
        "no-beginning",
        "Before the first row nobody is known to be in care, so “not in care” would reach any length on the first day.",
        "state Out Of Work is not Employment\n"
        "outcome Idle of a Client, when Out Of Work reaches 6 weeks in total, once",
        "state Out Of Work is not Employment\n"
        "outcome Idle of a Client, when Out Of Work counted from Referral reaches 6 weeks in total, once",
    ),
)
