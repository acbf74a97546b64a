"""The mistakes of meaning, each with its stable code and its name: what it costs, what to avoid, what to write.

`avoid` and `prefer` are clauses that stand after those of `GROUND`, unless they are whole contracts; both are tested:
`avoid` gives exactly its own mistake and `prefer` none. `explain` prints them and the documentation is made from them.
"""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

GROUND = """\
contract "A small contract"
commissioner Council
provider Provider
assessor HMRC independent
currency GBP
term beginning on 1 April 2025 and ending on 31 March 2028
claims up to and including 30 September 2028
participant Client, joins on Referral, once, selected by the Council
cohort Year of a Client, by date of Referral
  "Year 1" from 1 April 2025 to 31 March 2026
  "Later" from 1 April 2026
group Area of a Client, read from Area of Referral  "North"  "South"
period Quarter is every 3 months from 1 April 2025 up to and including 30 June 2025
event Referral is an input, recorded by the Council, has Area as a label and Plan Value as money
event Review is an activity, recorded by the Provider
event Job Start is an outcome, recorded by HMRC, more is better, has Weekly Hours as a number
event Job End is an outcome, recorded by HMRC, fewer is better
event Offence is an outcome, recorded by HMRC, fewer is better, observed until 31 March 2028
state Employment beginning on Job Start and ending on Job End, more is better
define Offence Rate of each Year as the proportion of Clients with an Offence in the 12 months beginning with Referral
define Offences Seen as the number of Offences
outcome Job of a Client, when Job Start occurs, once
outcome Settled of a Client, when Employment reaches 3 and 6 months without a break, each once
payment Job Fee: the Council pays the Provider £1,000 for each Job
payment Rate Card: the Council pays the Provider for each:
  Settled at 3 months  £500
  Settled at 6 months  £700
"""

HEAD = """\
commissioner Council
provider Provider
payment Grant: the Council pays the Provider £10,000
"""

MISTAKES = (
    Mistake(
        "OL101",
        "unknown-name",
        "A name that nothing declares means nothing: what is paid for it, or bounded by it, is not known.",
        "payment Start Fee: the Council pays the Provider £30 for each Job Begin",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL102",
        "name-declared-twice",
        "One name is one thing, in the singular and in the plural. With two meanings, nobody can say which one is paid for.",
        "define Offences as 12",
        "define Offences Foreseen as 12",
    ),
    Mistake(
        "OL103",
        "wrong-kind-of-name",
        "A state lasts, an event happens, an outcome is achieved, a party pays; one cannot stand for another.",
        "payment Work Fee: the Council pays the Provider £30 for each Employment",
        "payment Work Fee: the Council pays the Provider £30 for each Job",
    ),
    Mistake(
        "OL104",
        "label-unknown",
        "A row that nobody can be in pays nothing, and the people it was meant for are paid for by no row.",
        'payment North Fee: the Council pays the Provider £30 for each Job with Area "Nord"',
        'payment North Fee: the Council pays the Provider £30 for each Job with Area "North"',
    ),
    Mistake(
        "OL105",
        "label-missing",
        "Everybody belongs to some row of a group; a condition on a group says which.",
        "payment North Fee: the Council pays the Provider £30 for each Job with an Area",
        'payment North Fee: the Council pays the Provider £30 for each Job with Area "North"',
    ),
    Mistake(
        "OL106",
        "rung-missing",
        "An outcome that is reached in several steps is several outcomes; a payment or a window says which.",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled at 3 months",
    ),
    Mistake(
        "OL107",
        "rung-unknown",
        "A step that the outcome does not have can never be reached.",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled at 4 months",
        "payment Settling Fee: the Council pays the Provider £30 for each Settled at 6 months",
    ),
    Mistake(
        "OL108",
        "attribute-unknown",
        "Only what the event declares with “has” stands on its rows; anything else would be empty in every log.",
        "define Wages as the total Wage of Job Starts",
        "define Hours as the total Weekly Hours of Job Starts",
    ),
    Mistake(
        "OL109",
        "attribute-out-of-reach",
        "What stands on a row can be read where that row is at hand, or added up over many rows.",
        "payment Plan Fee: the Council pays the Provider the Plan Value for each Job",
        "payment Plan Fee: the Council pays the Provider the Plan Value for each Referral",
    ),
    Mistake(
        "OL110",
        "several-values-here",
        "A figure for each cohort has as many values as there are cohorts; where one value is needed, it says of which.",
        "payment Rate Fee: the Council pays the Provider £30, when Offence Rate is below 50%",
        "payment Rate Fee: the Council pays the Provider £30 for each Year, when Offence Rate is below 50%",
    ),
    Mistake(
        "OL111",
        "defined-by-itself",
        "A definition that leads back to itself has no value.",
        "define Target as the Goal plus 1\ndefine Goal as the Target less 1",
        "define Target as the Goal plus 1\ndefine Goal as 12",
    ),
    Mistake(
        "OL112",
        "unlike-quantities",
        "Money, numbers, percentages, points, dates and lengths of time are different things; so are days and months, because months differ in length.",
        "define Sum as £30 plus the Offences Seen",
        "define Sum as £30 plus (£10 times the Offences Seen)",
    ),
    Mistake(
        "OL113",
        "percent-of-a-percentage",
        "“10% below 58%” could be 52.2% or 48%. In one real contract the two readings differed by £1,250,000.",
        "outcome Fall of a Year, when Offence Rate is at least 10% below 58%",
        "outcome Fall of a Year, when Offence Rate is at least 10 percentage points below 58%",
    ),
    Mistake(
        "OL114",
        "points-of-no-percentage",
        "Percentage points are the distance between two percentages; between two numbers the change is relative.",
        "define Drop as the percentage-point fall from 40 to the Offences Seen",
        "define Drop as the percentage fall from 40 to the Offences Seen",
    ),
    Mistake(
        "OL115",
        "product-of-two-unknowns",
        "If both sides of a product are known only afterwards, nobody can say in advance what the contract can cost.",
        "define Weight as the Offences Seen times the number of Reviews",
        "define Weight as the Offences Seen times the number of Clients",
    ),
    Mistake(
        "OL116",
        "other-currency",
        "A contract pays in one currency, and it contains no rate of exchange.",
        "payment Start Fee: the Council pays the Provider $30 for each Job Start",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL117",
        "amount-is-not-money",
        "What is paid is an amount of money; a number or a bare percentage is not.",
        "payment Start Fee: the Council pays the Provider 30 for each Job Start",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL118",
        "unit-is-no-number",
        "What a payment is counted by is a number of something; percentages are counted in percentage points.",
        "payment Rate Fee: the Council pays the Provider £30 for each Offence Rate",
        "payment Rate Fee: the Council pays the Provider £30 for each whole percentage point of the Offence Rate",
    ),
    Mistake(
        "OL119",
        "parts-unsaid",
        "Where the number of units need not be whole, it must be said whether a part of one is paid.",
        "payment Rate Fee: the Council pays the Provider £100 for each percentage point of the Offence Rate",
        "payment Rate Fee: the Council pays the Provider £100 for each whole percentage point of the Offence Rate",
    ),
    Mistake(
        "OL120",
        "parts-of-a-thing",
        "People and events are whole; there are no parts of them to pay in proportion.",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start, parts in proportion",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL121",
        "contract-value-missing",
        "A share of the contract's value needs the value.",
        "payment Core Fee: the Council pays the Provider 65% of the Contract Value",
        "value £1,200,000\npayment Core Fee: the Council pays the Provider 65% of the Contract Value",
    ),
    Mistake(
        "OL122",
        "share-of-everything",
        "The proportion of all of them is always 100%: it says nothing.",
        "define Share as the proportion of Clients",
        "define Share as the proportion of Clients with a Job",
    ),
    Mistake(
        "OL123",
        "list-too-short",
        "A list that asks for more than it has can never be met.",
        "outcome Good of a Client, once, when at least 3 of: (a) Job Start occurs; or (b) Review occurs",
        "outcome Good of a Client, once, when at least 1 of: (a) Job Start occurs; or (b) Review occurs",
    ),
    Mistake(
        "OL124",
        "repeatable-anchor",
        "A window counted from something that can happen twice has two ends; “first” or “latest” says which one counts.",
        "outcome Quick of a Client, when Job Start occurs in the 6 months after Review, once",
        "outcome Quick of a Client, when Job Start occurs in the 6 months after the first Review, once",
    ),
    Mistake(
        "OL125",
        "not-a-day",
        "A window is counted from a day.",
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
        "Several stretches in different months do not add up to months: 30 days are one month in April and none in May.",
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
        "Further time is counted from something.",
        "outcome Kept of a Client, when Employment reaches a further 4 weeks without a break, up to 13 times",
        "outcome Kept of a Client, after Job, when Employment reaches a further 4 weeks without a break, up to 13 times",
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
        "The steps of an outcome are given from the least to the greatest.",
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
        "OL140",
        "shares-do-not-add-up",
        "If the shares come to less than the whole, part of every payment is due from nobody.",
        "joint Payers: Council 60%, Provider 30%; odd pennies to Council",
        "joint Payers: Council 70%, Provider 30%; odd pennies to Council",
    ),
    Mistake(
        "OL141",
        "limit-order-missing",
        "When a limit is reached, the order decides who is not paid.",
        "limit all payments to £10,000; the excess is not paid",
        "limit all payments to £10,000; earliest first; the excess is not paid",
    ),
    Mistake(
        "OL142",
        "limit-excess-missing",
        "What is above a limit is lost, or borne by somebody: the contract says which.",
        "limit all payments to £10,000; earliest first",
        "limit all payments to £10,000; earliest first; the excess is not paid",
    ),
    Mistake(
        "OL143",
        "limit-date-missing",
        "A job begun in March and claimed in April falls into one year or the other, and its limit with it.",
        "limit all payments to £10,000 in each Quarter; earliest first; the excess is not paid",
        "limit all payments to £10,000 in each Quarter by date achieved; earliest first; the excess is not paid",
    ),
    Mistake(
        "OL144",
        "nothing-to-limit",
        "A limit on something that is not paid for changes nothing.",
        "limit Reviews to 3 for each Client; earliest first; the excess is not paid",
        "limit Jobs to 3 for each Client; earliest first; the excess is not paid",
    ),
    Mistake(
        "OL145",
        "rounding-unstated",
        "Where a payment can come to a fraction of a penny, the rule of rounding decides who keeps it, and two systems disagree.",
        "payment Plan Fee: the Council pays the Provider 20% of the Plan Value for each Referral",
        "rounding each amount to the nearest penny, half up\n"
        "payment Plan Fee: the Council pays the Provider 20% of the Plan Value for each Referral",
    ),
    Mistake(
        "OL146",
        "period-does-not-fit",
        "A thing that happens has its own day; “in each” goes with lump sums, heads, cohorts and figures.",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start, in each Quarter",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL147",
        "group-is-no-party",
        "If a group says who pays, every one of its rows is the name of a party.",
        "payment Area Fee: the Area pays the Provider £30 for each Job",
        "commissioner North\ncommissioner South\npayment Area Fee: the Area pays the Provider £30 for each Job",
    ),
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
        "A row is for a value of what the table goes by.",
        "table Step by Offences Seen  below £10 £300  from £10 nothing",
        "table Step by Offences Seen  below 10 £300  from 10 nothing",
    ),
    Mistake(
        "OL156",
        "rows-of-two-kinds",
        "One table gives one kind of thing.",
        'table Area Price by Area  "North" £300  "South" 12',
        'table Area Price by Area  "North" £300  "South" £12',
    ),
    Mistake(
        "OL157",
        "row-without-range",
        "A cohort told by dates needs the dates of each row.",
        'cohort Half of a Client, by date of Referral  "First half"  "Second half" from 1 October 2026',
        'cohort Half of a Client, by date of Referral  "First half" to 30 September 2026  "Second half" from 1 October 2026',
    ),
    Mistake(
        "OL158",
        "group-rule-missing",
        "Who decides in which group somebody is, decides what is paid.",
        'group Need of a Client  "High"  "Low"',
        'group Need of a Client, set by the Council  "High"  "Low"',
    ),
    Mistake(
        "OL160",
        "title-missing",
        "Statements and examples name the contract.",
        HEAD + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028\nclaims up to and including 30 June 2028",
        'contract "Grant"\n' + HEAD
        + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028\nclaims up to and including 30 June 2028",
    ),
    Mistake(
        "OL161",
        "currency-missing",
        "Amounts are paid in one currency, and the contract says which.",
        'contract "Grant"\n' + HEAD
        + "term beginning on 1 April 2025 and ending on 31 March 2028\nclaims up to and including 30 June 2028",
        'contract "Grant"\n' + HEAD
        + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028\nclaims up to and including 30 June 2028",
    ),
    Mistake(
        "OL162",
        "term-missing",
        "Lump sums fall due on the first day of the term, and figures without a window are read on its last.",
        'contract "Grant"\n' + HEAD + "currency GBP\nclaims up to and including 30 June 2028",
        'contract "Grant"\n' + HEAD
        + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028\nclaims up to and including 30 June 2028",
    ),
    Mistake(
        "OL163",
        "claims-missing",
        "The final account is drawn up on the last day for claims.",
        'contract "Grant"\n' + HEAD + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028",
        'contract "Grant"\n' + HEAD
        + "currency GBP\nterm beginning on 1 April 2025 and ending on 31 March 2028\nclaims up to and including 30 June 2028",
    ),
    Mistake(
        "OL164",
        "clause-given-twice",
        "Two clauses that each say the one thing cannot both hold.",
        "claims up to and including 31 December 2028",
        "purpose \"More lasting work\"",
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
        "OL170",
        "base-not-found",
        "A variant changes another contract, and that contract is read from the file it names.",
        'contract "Variant" based on "nowhere.outcome"',
        'contract "Variant" based on "ground.outcome"',
    ),
    Mistake(
        "OL171",
        "base-in-a-circle",
        "Two contracts that are each based on the other have no beginning.",
        'contract "Variant" based on "itself.outcome"',
        'contract "Variant" based on "ground.outcome"',
    ),
    Mistake(
        "OL172",
        "change-without-base",
        "A change is made to something: to the contract that this one is based on, or by an amendment.",
        "change Job Fee to £1,200",
        "payment Second Fee: the Council pays the Provider £1,200 for each Job",
    ),
    Mistake(
        "OL173",
        "nothing-to-change",
        "A change to what the base does not contain changes nothing.",
        'contract "Variant" based on "ground.outcome"\nchange Late Fee to £1,200',
        'contract "Variant" based on "ground.outcome"\nchange Job Fee to £1,200',
    ),
    Mistake(
        "OL174",
        "change-does-not-fit",
        "An amount replaces an amount, a condition a condition.",
        'contract "Variant" based on "ground.outcome"\nchange Job Fee to once',
        'contract "Variant" based on "ground.outcome"\nchange Job Fee to £1,200',
    ),
    Mistake(
        "OL180",
        "given-does-not-fit",
        "An example stipulates what a log could hold.",
        'example "One plan"\n  given Client "A"\n    1 May 2025 Referral, Area "North", Plan Value £10\n'
        '  given 2 Referrals with Area one of "North", "South"\n  expect total nothing',
        'example "One plan"\n  given Client "A"\n    1 May 2025 Referral, Area "North", Plan Value £10\n'
        '  given 2 Referrals with Area "North"\n  expect total nothing',
    ),
    Mistake(
        "OL181",
        "line-unknown",
        "An example expects lines of the statement: payments, and the outcomes of a rate card.",
        'example "None"\n  given 2 Jobs\n  expect\n    Job £2,000\n    total £2,000',
        'example "None"\n  given 2 Jobs\n  expect\n    Job Fee £2,000\n    total £2,000',
    ),
    Mistake(
        "OL190",
        "not-supported-yet",
        "The clause is well written and its meaning is settled, but it is not carried out yet; it is refused, never ignored.",
        "payment Indexed Fee: the Council pays the Provider £30 for each Job, withheld until 1 May 2028",
        "payment Indexed Fee: the Council pays the Provider £30 for each Job, due 30 days after verification",
    ),
)

_CODES = {mistake.name: mistake.code for mistake in MISTAKES}


def code_of(name: str) -> str:
    """The stable code of a mistake; an unknown name is a mistake of the programmer."""
    return _CODES[name]
