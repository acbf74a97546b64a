"""Everything for which a log is refused, in one place: code, name, how a message says it, why it is refused.

`says` completes the sentence that begins with the cell (`“job strat” in column “event” is no event of this contract`);
a fault of a whole file or row has a sentence of its own, made where it is found.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class Fault:
    """A kind of mistake. `remedy` is what most often mends it, `explanation` is for `explain NAME`."""

    code: str
    name: str
    says: str
    remedy: str
    explanation: str


UNREADABLE = Fault(
    "OL301",
    "unreadable-log",
    "cannot be read",
    "Name an existing file (.csv, .parquet or .xlsx), or a folder with at least one such file",
    "A log is a file, several of them, or a folder whose files that end in .csv, .parquet or .xlsx are read together "
    "in the order of their names.",
)
EMPTY_FILE = Fault(
    "OL302",
    "empty-log-file",
    "is empty",
    "Deliver at least the line of column names; a log in which nothing happened is that line alone",
    "An empty file cannot be told from a delivery that failed. A line of column names without rows says openly that "
    "nothing was recorded, and is evaluated so.",
)
NOT_UTF8 = Fault(
    "OL303",
    "log-not-utf-8",
    "is not in UTF-8",
    "In Excel: File, Save as, “CSV UTF-8 (Comma delimited)”",
    "In any other encoding a letter may silently become another one, and a name then no longer matches.",
)
NOT_TEXT = Fault(
    "OL304",
    "log-not-text",
    "is not a text file",
    "Save the sheet as “CSV UTF-8 (Comma delimited)”",
    "Workbooks, archives and damaged files hold bytes that no text has. Nothing is read from them.",
)
WRONG_SEPARATOR = Fault(
    "OL305",
    "wrong-separator",
    "separates its columns with something else than a comma",
    "Save it with commas between the columns; a cell with a comma in it stands in quotation marks",
    "Where the comma is a decimal sign, programs write semicolons between columns. Guessing would make 1,50 two cells.",
)
MISSING_COLUMN = Fault(
    "OL306",
    "missing-column",
    "is missing",
    "Add the column; `outcomelang log-schema` prints the whole line of column names",
    "Every row says which row it is, of whom, what happened, when, and who says so: id, participant, event, date, "
    "source. Without one of them no payment can be traced to its evidence.",
)
DOUBLED_COLUMN = Fault(
    "OL307",
    "doubled-column",
    "stands there twice",
    "Keep one of the two columns",
    "Two columns of one name may disagree, and nothing says which of them counts. Case, spaces, hyphens and "
    "underscores make no difference between names.",
)
UNKNOWN_COLUMN = Fault(
    "OL308",
    "unknown-column",
    "is no column of this contract's log",
    "Rename it to the attribute it holds, declare it on its event (`has … as …`, `logged as “…”`), or remove it",
    "A column that the contract does not know may be a misspelt attribute. Leaving it out in silence could change "
    "what is paid, so it is refused.",
)
BROKEN_QUOTES = Fault(
    "OL309",
    "broken-quotation-marks",
    "has quotation marks that do not pair",
    "Close the cell with a quotation mark; a mark inside a quoted cell is written twice",
    "A mark that is opened and never closed swallows the rows after it. Nothing is guessed about where it should end.",
)
OVERLONG_LINE = Fault(
    "OL310",
    "overlong-line",
    "has a line of more than a million characters",
    "Check that this is the log, with one row on each line",
    "No row of a log is that long. Such a file is usually not a table, or has lost its line ends.",
)
TOO_MANY_CELLS = Fault(
    "OL311",
    "too-many-cells",
    "has more cells than there are columns",
    "Put a cell that holds a comma in quotation marks",
    "With one cell too many, every later cell stands in the wrong column.",
)
TOO_FEW_CELLS = Fault(
    "OL312",
    "too-few-cells",
    "has fewer cells than there are columns",
    "Write a comma for every empty cell; look for a row that was cut off",
    "A row that stops early may be the end of a delivery that was cut off.",
)
EMPTY_CELL = Fault(
    "OL313",
    "empty-required-cell",
    "has nothing in a cell that every row needs",
    "Fill the cell",
    "A row without id, event, date or source is evidence of nothing. A row by which somebody joins, or of an event "
    "declared `of` participants, names the participant; a row of an event `of` members names the member too.",
)
UNKNOWN_EVENT = Fault(
    "OL314",
    "unknown-event",
    "is no event of this contract",
    "Use a declared event, or add the spelling to the contract (`logged as “…”`)",
    "Event names match without regard to case, spaces, hyphens and underscores; `logged as` maps other spellings. "
    "A misspelt event would otherwise be an event that never happened.",
)
OTHER_CONTRACT = Fault(
    "OL315",
    "log-of-another-contract",
    "seems to belong to another contract",
    "Check the contract and the files named on the command line",
    "Most of the events in this log are none of the contract's. One message stands for all of them.",
)
UNKNOWN_SOURCE = Fault(
    "OL316",
    "unknown-source",
    "is no party of this contract",
    "Use a declared party, or declare this one (`party …`, `logged as “…”`)",
    "A source is a party of the contract, or a kind of evidence that the event names. Anybody else's word is nobody's.",
)
UNKNOWN_LABEL = Fault(
    "OL317",
    "unknown-label",
    "is none of the labels that may stand there",
    "Use a declared label, or add the spelling to its row or outcome (`logged as “…”`)",
    "Prices hang on the label. Somebody with a label that no row knows would have no price, and be paid nothing.",
)
FOREIGN_CELL = Fault(
    "OL318",
    "cell-of-another-event",
    "stands in a column that this event does not have",
    "Empty the cell, or declare the attribute on this event (`has … as …`)",
    "A value in a column of another event is usually a row shifted by one cell or logged under the wrong event.",
)
TEXT_DATE = Fault(
    "OL319",
    "text-date",
    "is not a date as a log writes it",
    "Write year-month-day, as in 2024-04-03, without a time of day (in Excel: the cell format yyyy-mm-dd)",
    "03/04/2024 is 3 April in Manchester and 4 March in New York, and a month's difference moves payments.",
)
IMPOSSIBLE_DATE = Fault(
    "OL320",
    "impossible-date",
    "is a day that no calendar has",
    "Correct the day",
    "30 February does not exist; moving it to a neighbouring day would be a guess.",
)
BEYOND_BELIEF = Fault(
    "OL321",
    "date-outside-belief",
    "is a date outside belief",
    "Correct the year; leave the cell empty where the date is not known",
    "Days lie between 1 January 1900 and 31 December 2100, and a row's own days within a hundred years of the term. "
    "Dates such as 9999-12-31 stand for something else in other systems.",
)
NOT_MONEY = Fault(
    "OL322",
    "not-plain-money",
    "is not an amount as a log writes it",
    "Write digits and a point only, as in 1234.50",
    "Signs of currency, commas between thousands, exponents and words are read differently by different programs.",
)
NEGATIVE_MONEY = Fault(
    "OL323",
    "negative-money",
    "is an amount below nothing",
    "Correct the amount; an amount taken back is a corrected row with the same id and a later `recorded`",
    "An amount in a log says what something cost or was worth. A negative one would pay the other way round.",
)
FRACTION_OF_PENNY = Fault(
    "OL324",
    "more-digits-than-pennies",
    "has more decimals than the currency",
    "Round the amount where it is recorded",
    "The account is exact to the penny; rounding a logged amount would be a rule that nobody wrote.",
)
NOT_A_NUMBER = Fault(
    "OL325",
    "not-a-number",
    "is not a number as a log writes it",
    "Write digits and a point only, as in 12 or 37.5; leave the cell empty where it is not known",
    "NaN, infinities, exponents and words are no quantities. Missing is an empty cell, and missing is not nought.",
)
NOT_PERCENTAGE = Fault(
    "OL326",
    "not-a-percentage",
    "is not a percentage as a log writes it",
    "Write the number with its sign, as in 52.3%",
    "Without the sign 0.5 may be a half or half of one per cent.",
)
NOT_YES_OR_NO = Fault(
    "OL327",
    "not-yes-or-no",
    "is neither yes nor no",
    "Write yes or no (true, false, 1 and 0 are understood)",
    "An empty cell means not known, which is neither.",
)
DOUBLED_ID = Fault(
    "OL328",
    "doubled-id",
    "is the id of two rows",
    "Give each row its own id; to correct a row, repeat its id with a later day in the column `recorded`",
    "An id names one fact. Where two rows carry it, the one recorded later corrects the other; recorded on the same "
    "day, nothing says which is right.",
)
VERDICT_WITHOUT_ROW = Fault(
    "OL329",
    "verdict-without-row",
    "names no row",
    "Write the id of the row that was verified or rejected into the column `verifies`",
    "A row of event verified or rejected speaks about one other row.",
)
STRAY_VERIFIES = Fault(
    "OL330",
    "verifies-without-verdict",
    "stands in the column `verifies`, but the row is no verdict",
    "Empty the cell, or log the row as event `verified` or `rejected`",
    "Only rows of event verified or rejected speak about another row.",
)
BINARY_FLOAT = Fault(
    "OL331",
    "binary-float",
    "is a binary floating-point number",
    "Deliver the column as text, as whole numbers or as decimal.Decimal",
    "0.1 is no binary fraction: such a column has lost the pennies before it arrives here.",
)
NOISE = Fault(
    "OL332",
    "more-wrong-than-right",
    "has more wrong rows than right ones",
    "Mend what is shown first, then read it again",
    "Reading stops where counting further mistakes would tell nobody anything; every count is then a least one.",
)
NOT_A_CELL = Fault(
    "OL333",
    "not-a-cell",
    "is no kind of value that a log holds",
    "Deliver text, whole numbers, decimal.Decimal, dates or yes and no",
    "Rows given as a table hold plain values: text, int, Decimal, date, bool or nothing.",
)
OVERLONG_CELL = Fault(
    "OL334",
    "overlong-cell",
    "is a cell of more than a hundred thousand characters",
    "Check that each row has its own line, with commas between its cells",
    "No cell of a log is that long. Such a cell usually is a file of another kind, or text that lost its commas.",
)
NOTHING_TO_SAY = Fault(
    "OL337",
    "nothing-to-say",
    "is no outcome or payment of which that is said",
    "Write the outcome or payment that the contract says is decided, verified or evidenced so",
    "A row of event achieved, not achieved, verified, rejected or evidenced may speak of an outcome or a payment only "
    "where the contract says who has that word.",
)

DOUBLED_FIGURE = Fault(
    "OL335",
    "doubled-figure",
    "is reported twice",
    "Leave one of the rows out, or give the correction a later day in `recorded`",
    "A figure has one value for each of whom it is said and each period. Of two rows the one recorded later corrects "
    "the other; recorded on one day, nobody can tell which of them holds.",
)
FIGURE_OUTSIDE = Fault(
    "OL336",
    "figure-outside-its-periods",
    "lies in no period",
    "Give the row a day of the period that it is about; the day on which it was published stands in `recorded`",
    "A figure in each period belongs to the period in which the row's date lies. On any other day it would count "
    "for nothing.",
)
FAULTS: tuple[Fault, ...] = (
    DOUBLED_FIGURE,
    FIGURE_OUTSIDE,
    UNREADABLE,
    EMPTY_FILE,
    NOT_UTF8,
    NOT_TEXT,
    WRONG_SEPARATOR,
    MISSING_COLUMN,
    DOUBLED_COLUMN,
    UNKNOWN_COLUMN,
    BROKEN_QUOTES,
    OVERLONG_LINE,
    TOO_MANY_CELLS,
    TOO_FEW_CELLS,
    EMPTY_CELL,
    UNKNOWN_EVENT,
    OTHER_CONTRACT,
    UNKNOWN_SOURCE,
    UNKNOWN_LABEL,
    FOREIGN_CELL,
    TEXT_DATE,
    IMPOSSIBLE_DATE,
    BEYOND_BELIEF,
    NOT_MONEY,
    NEGATIVE_MONEY,
    FRACTION_OF_PENNY,
    NOT_A_NUMBER,
    NOT_PERCENTAGE,
    NOT_YES_OR_NO,
    DOUBLED_ID,
    VERDICT_WITHOUT_ROW,
    STRAY_VERIFIES,
    BINARY_FLOAT,
    NOISE,
    NOT_A_CELL,
    OVERLONG_CELL,
    NOTHING_TO_SAY,
)
