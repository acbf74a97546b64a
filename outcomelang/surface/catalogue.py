"""The mistakes of form, each with its stable code and its name: what it costs, what to avoid, what to write."""

from __future__ import annotations

from attrs import frozen


@frozen
class Mistake:
    """`avoid` is a clause with exactly this mistake and `prefer` the same clause without it (both are tested).

    With `in_review` they stand in the review beside the contract.
    """

    code: str
    name: str
    why: str
    avoid: str
    prefer: str
    in_review: bool = False


MISTAKES = (
    Mistake(
        "OL001",
        "not-understood",
        "A clause that cannot be read pays nothing and limits nothing.",
        "term beginning on 1 June 2011 until 31 March 2017",
        "term beginning on 1 June 2011 and ending on 31 March 2017",
    ),
    Mistake(
        "OL002",
        "unknown-word",
        "Words with a small first letter belong to the language; after one slip a clause says something else.",
        "outome Job of a Person, when Job Start occurs, once",
        "outcome Job of a Person, when Job Start occurs, once",
    ),
    Mistake(
        "OL003",
        "unclosed-text",
        "A text in quotation marks ends on its own line, so that a forgotten mark does not swallow the next clauses.",
        'commissioner DWP "Department for Work and Pensions',
        'commissioner DWP "Department for Work and Pensions"',
    ),
    Mistake(
        "OL004",
        "malformed-number",
        "£12,00 is £12.00 to one reader and £1,200 to another.",
        "payment Fee: DWP pays Prime £12,00 for each Job Outcome",
        "payment Fee: DWP pays Prime £1,200 for each Job Outcome",
    ),
    Mistake(
        "OL005",
        "ambiguous-date",
        "06/01/2011 is 6 January to one reader and 1 June to another.",
        "claims up to and including 06/01/2011",
        "claims up to and including 6 January 2011",
    ),
    Mistake(
        "OL006",
        "name-in-small-letters",
        "Defined Terms begin with capitals; that is how they differ from the words of the language.",
        "payment Fee: DWP pays Prime £30 for each return to work",
        "payment Fee: DWP pays Prime £30 for each Return To Work",
    ),
    Mistake(
        "OL007",
        "unknown-character",
        "A character that has no meaning might hide a word that has one.",
        "payment Fee: DWP pays Prime £30 for each Job Outcome.",
        "payment Fee: DWP pays Prime £30 for each Job Outcome",
    ),
    Mistake(
        "OL008",
        "missing-colon",
        "Without the colon the name of the payment and the payer become one name.",
        "payment Attachment Fee DWP pays Prime £400 for each Attachment",
        "payment Attachment Fee: DWP pays Prime £400 for each Attachment",
    ),
    Mistake(
        "OL009",
        "and-or-mixed",
        "“A and B or C” can mean two things, and they pay differently.",
        "outcome Job of a Person, when A occurs and B occurs or C occurs, once",
        "outcome Job of a Person, when any of: (a) A occurs and B occurs; or (b) C occurs, once",
    ),
    Mistake(
        "OL010",
        "unfinished-clause",
        "A clause that stops half-way pays nothing and limits nothing.",
        "payment Fee: DWP pays Prime",
        "payment Fee: DWP pays Prime £30 for each Job Outcome",
    ),
    Mistake(
        "OL011",
        "list-says-and-or",
        "“all of” asks for every item, “or” for one of them; which of the two holds decides what is paid.",
        "outcome Job of a Person, when all of: (a) A occurs; or (b) B occurs, once",
        "outcome Job of a Person, when all of: (a) A occurs; and (b) B occurs, once",
    ),
    Mistake(
        "OL012",
        "not-a-whole-number",
        "People, times and instalments are counted in whole numbers.",
        "outcome Job of a Person, when A occurs, up to 2.5 times",
        "outcome Job of a Person, when A occurs, up to 2 times",
    ),
    Mistake(
        "OL013",
        "nested-too-deeply",
        "A sentence inside a sentence inside a sentence is read by nobody; name its parts.",
        "define Total as " + "80% of " * 70 + "Price",
        "define Total as 80% of Price",
    ),
    Mistake(
        "OL014",
        "missing-amount",
        "A payment that does not say how much pays nothing.",
        "payment Job Fee: DWP pays Prime for each Job Outcome",
        "payment Job Fee: DWP pays Prime £1,200 for each Job Outcome",
    ),
    Mistake(
        "OL015",
        "file-too-long",
        "Nothing of this file is read, so nothing is owed under it: no contract is this long; a log or an accident is.",
        "-- more than two million characters",
        "-- one contract",
    ),
    Mistake(
        "OL016",
        "text-outside-clauses",
        "Every sentence belongs to a clause that begins with its own word; this one belongs to none and means nothing.",
        'Prime "Prime provider"',
        'provider Prime "Prime provider"',
    ),
    Mistake(
        "OL017",
        "no-such-day",
        "A day that the calendar does not have cannot begin, end or fall due.",
        "claims up to and including 31 June 2011",
        "claims up to and including 30 June 2011",
    ),
    Mistake(
        "OL018",
        "too-many-mistakes",
        "A file with hundreds of mistakes is hardly a contract; the rest is counted.",
        "paymnt Fee\n" * 250,
        "payment Fee: DWP pays Prime £30 for each Job Outcome",
    ),
    Mistake(
        "OL019",
        "share-without-brackets",
        "“30% of A plus B” is 30% of A, and all of B, to one reader, and 30% of both to another.",
        "define Total as 30% of Price plus Fee",
        "define Total as 30% of (Price plus Fee)",
    ),
    Mistake(
        "OL020",
        "empty-file",
        "A contract that says nothing owes nothing and limits nothing.",
        "-- nothing but a comment",
        'contract "Grant"',
    ),
    Mistake(
        "OL021",
        "names-that-touch",
        "Two names side by side are read as one name; an article keeps them apart.",
        "payment Fee: DWP pays Prime Sustainment Price for each Job Outcome",
        "payment Fee: DWP pays Prime the Sustainment Price for each Job Outcome",
    ),
    Mistake(
        "OL022",
        "number-in-words",
        "Numbers are written in digits, so that nobody has to look for them.",
        "outcome Job of a Person, when Employment reaches six months",
        "outcome Job of a Person, when Employment reaches 6 months",
    ),
    Mistake(
        "OL023",
        "blank-left-open",
        "A blank that nobody filled in is paid by nobody, or by everybody, depending on who reads it.",
        "outcome Job of a Person, when Employment reaches [Job Length] in total, once",
        "outcome Job of a Person, when Employment reaches 26 weeks in total, once",
    ),
)

CODES = {mistake.name: mistake.code for mistake in MISTAKES}
