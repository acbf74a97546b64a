"""The tree as written: one node for each clause and phrase of the author's text, in the author's order and words.

Names are still words (nobody has looked them up), sugar is still there, mistakes of meaning are still possible.
Numbers are exact (`Fraction`), texts are without their quotes, nothing else has been interpreted.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from outcomelang.source import NOWHERE, Span
from outcomelang.tree import Tree, field, node


@node
class Node(Tree):
    """Where a node stands takes no part in what it says."""

    span: Span = field(default=NOWHERE, kw_only=True)


# ---------------------------------------------------------------- words and literals

TimeUnit = Literal["day", "week", "month", "year"]
Kind = Literal["money", "number", "percentage", "date", "label", "yes or no"]
Comparator = Literal["at least", "at most", "above", "below", "exactly"]


@node
class Term(Node):
    """A Defined Term as the author spelled it, white space folded to single blanks: `Job Start`."""

    text: str


@node
class Name(Node):
    """A name being declared, with its irregular other number: `Child (Children)`."""

    text: str
    other: str | None = None


@node
class Ref(Node):
    """A use of a name, perhaps one rung of its ladder: `Settled at 3 months`."""

    term: Term
    at: Literal_ | None = None


@node
class Money(Node):
    """`amount` in major units (pounds); `currency` is the code (`GBP` for £, `USD` for $, `EUR` for €)."""

    amount: Fraction
    currency: str


@node
class Percent(Node):
    """`value` as a fraction of one: 5% is 1/20."""

    value: Fraction


@node
class Points(Node):
    """Percentage points as a fraction of one: 5 percentage points are 1/20."""

    value: Fraction


@node
class Number(Node):
    value: Fraction


@node
class Duration(Node):
    count: Fraction
    unit: TimeUnit
    working: bool = False


@node
class Date(Node):
    day: date


@node
class Text(Node):
    value: str


Literal_ = Money | Percent | Points | Number | Duration


# ---------------------------------------------------------------- days, windows, selections


@node
class First(Node):
    """`the first Release`"""

    term: Term


@node
class Latest(Node):
    """`the latest Release`"""

    term: Term


Day = Date | Ref | First | Latest


@node
class After(Node):
    """`in the 12 months after DAY`"""

    length: Duration
    day: Day


@node
class Before(Node):
    """`in the 12 months before DAY`"""

    length: Duration
    day: Day


@node
class BeginningWith(Node):
    """`in the 12 months beginning with DAY`; as a deadline `within the 728 days beginning with DAY`"""

    length: Duration
    day: Day


@node
class Between(Node):
    """`between DAY and DAY`"""

    first: Day
    last: Day


@node
class SamePeriod(Node):
    """`in the same Quarter of the year from D`: the period in the year from D that corresponds"""

    period: Term
    first: Date


@node
class On(Node):
    """`on DAY`"""

    day: Day


@node
class Within(Node):
    """A deadline: `within 104 weeks of DAY`"""

    length: Duration
    day: Day


@node
class BeforeDay(Node):
    """A deadline: `before DAY`"""

    day: Day


Window = After | Before | BeginningWith | SamePeriod | Between | On
Deadline = Within | BeginningWith | BeforeDay


@node
class LabelTest(Node):
    """`"a"` or `one of "a", "b"` after `with NAME`"""

    labels: tuple[Text, ...]


@node
class ValueTest(Node):
    """`of at least 16`; plain `of £125,000` is `exactly`"""

    comparator: Comparator
    value: Literal_ | Date


@node
class RangeTest(Node):
    """`from 8 to below 16`; `last_included` tells `to` from `to below`; without `last`, `from 8`"""

    first: Literal_ | Date
    last: Literal_ | Date | None
    last_included: bool


Test = LabelTest | ValueTest | RangeTest


@node
class With(Node):
    """`with Line "behaviour"`, `with a Proven Reoffence`, `with School Age`, `with Settled at 3 months`"""

    term: Term
    test: Test | None
    at: Literal_ | None = None


@node
class Without(Node):
    term: Term
    at: Literal_ | None = None


@node
class Among(Node):
    term: Term


@node
class Per(Node):
    """`per Prisoner`: divided by the number of them"""

    term: Term


Counted = With | Without | Window | Among | Per


@node
class Select(Node):
    """Which events, people or achievements: a name and what narrows it, in the author's order."""

    head: Ref
    counted: tuple[Counted, ...] = ()


# ---------------------------------------------------------------- quantities


@node
class Sum_(Node):
    """`A plus B`"""

    left: Expr
    right: Expr


@node
class Difference(Node):
    """`A less B`"""

    left: Expr
    right: Expr


@node
class Product(Node):
    """`A times B`"""

    left: Expr
    right: Expr


@node
class Fraction_(Node):
    """`5/6`"""

    value: Fraction


@node
class Portion(Node):
    """`80% of £4,000`, `5/6 of A`, `the Attachment Share of £4,000`"""

    share: Percent | Fraction_ | Ref
    of: Expr


@node
class Excess(Node):
    """`the excess of A over B`"""

    of: Expr
    over: Expr


@node
class Lesser(Node):
    left: Expr
    right: Expr


@node
class Greater(Node):
    left: Expr
    right: Expr


@node
class Change(Node):
    """`the percentage fall from A to B`; `in_points` for `the percentage-point fall`"""

    direction: Literal["fall", "rise"]
    in_points: bool
    base: Expr
    new: Expr


@node
class Count(Node):
    """`the number of SELECT`"""

    select: Select


@node
class Total(Node):
    """`the total ATTRIBUTE of SELECT`"""

    attribute: Term
    select: Select


@node
class DaysOf(Node):
    """`the days of STATE …`"""

    unit: TimeUnit
    select: Select


@node
class Proportion(Node):
    """`the proportion of SELECT`"""

    select: Select


Expr = (
    Literal_
    | Date
    | Ref
    | Sum_
    | Difference
    | Product
    | Portion
    | Excess
    | Lesser
    | Greater
    | Change
    | Count
    | Total
    | DaysOf
    | Proportion
)


# ---------------------------------------------------------------- conditions


@node
class Compare(Node):
    left: Expr
    comparator: Comparator
    right: Expr


@node
class CompareBy(Node):
    """`A is at least 5 percentage points below B`"""

    left: Expr
    comparator: Comparator
    margin: Expr
    direction: Literal["above", "below"]
    right: Expr


@node
class IsLabel(Node):
    """`A is "x"`, `A is one of "x", "y"`, `A is not "x"`"""

    of: Expr
    labels: tuple[Text, ...]
    negated: bool = False


@node
class IsGiven(Node):
    """`A is given`, `A is not given`"""

    of: Expr
    negated: bool


@node
class IsAchieved(Node):
    """`Home is [not] [partly] achieved`"""

    of: Expr
    negated: bool
    partly: bool = False


@node
class Occurs(Node):
    """`SELECT occurs WINDOW…`; the windows after `occurs` are the last entries of `select.counted`"""

    select: Select
    negated: bool


@node
class Begun(Node):
    """`begun on or after DAY` (`strictly_after` false), `begun after DAY`"""

    day: Day
    strictly_after: bool


@node
class BegunWithin(Node):
    """`begun within the 104 weeks beginning with DAY`"""

    deadline: Deadline


@node
class CountedFrom(Node):
    day: Day


Since = Begun | BegunWithin | CountedFrom


@node
class Ladder(Node):
    """`3, 6, 12 and 18 months`, `£768 and £1,631`"""

    rungs: tuple[Duration | Money | Number, ...]


Stated = Literal_ | Date | Text | Ladder
"""What can stand in a blank of a library."""

Filling = Term | Stated
"""What is given for a blank, or stands for a name, of a library."""


@node
class Meant(Node):
    """`Work is Employment`, `Length is 26 weeks`: what stands for a name or blank of a library"""

    name: Term
    filling: Filling


@node
class InTotal(Node):
    pass


@node
class WithoutBreak(Node):
    """`without a break`, `without a break longer than 7 days`"""

    longer_than: Duration | None = None


@node
class InAny(Node):
    length: Duration


ReachMode = InTotal | WithoutBreak | InAny


@node
class Reaches(Node):
    """`Employment begun on or after DAY reaches a further 4 weeks without a break`; `Earnings reach £768`"""

    what: Term
    since: tuple[Since, ...]
    further: bool
    target: Literal_ | Ladder | Ref
    modes: tuple[ReachMode, ...]


@node
class Item(Node):
    """One item of a list, perhaps only where something applies: `(a) where X occurs: …`"""

    condition: Condition
    where: Condition | None = None


@node
class ListOf(Node):
    """`all of: …`, `any of: …`, `at least 2 of: …`; `A and B` is `all`, `A or B` is `any`"""

    least: Literal["all", "any"] | int
    items: tuple[Item, ...]


@node
class ForMembers(Node):
    """`for every Child with School Age: …`, `for at least 1 Adult: …`, `for no Child: …`"""

    quantifier: Literal["every", "no"] | int
    select: Select
    condition: Condition


Condition = Compare | CompareBy | IsLabel | IsGiven | IsAchieved | Occurs | Reaches | ListOf | ForMembers


# ---------------------------------------------------------------- parts shared by several clauses


@node
class Logged(Node):
    """`logged as "attached"`, perhaps `from 1 April 2015`"""

    text: Text
    since: Date | None = None


@node
class Cite(Node):
    """`clause "Schedule 4, 2.1"`"""

    text: Text


@node
class RecordedBy(Node):
    """`recorded by P or Q`; also `reported by P` of a figure"""

    parties: tuple[Term, ...]


@node
class VerifiedBy(Node):
    parties: tuple[Term, ...]


@node
class Silence(Node):
    """`within 20 days; silence counts as [not] verified`"""

    length: Duration
    verified: bool


@node
class EvidencedBy(Node):
    texts: tuple[Text, ...]


@node
class Better(Node):
    """`more is better`, `fewer is better`"""

    direction: Literal["more", "fewer"]


@node
class ObservedUntil(Node):
    day: Day


@node
class AttributeDeclaration(Node):
    name: Term
    kind: Kind
    logged: Logged | None = None


FactModifier = RecordedBy | VerifiedBy | Silence | EvidencedBy | Better | ObservedUntil | Logged | Cite


@node
class OfEach(Node):
    """A subject: `of a Jobseeker`, `of each Family in each Quarter`, `in each Quarter`, or none at all"""

    term: Term | None = None
    period: Term | None = None


@node
class OfAllTogether(Node):
    """`of all Release Cohorts together, except where …`"""

    term: Term
    except_where: Condition | None = None


Subject = OfEach | OfAllTogether


# ---------------------------------------------------------------- clauses: header


@node
class Header(Node):
    """`contract "…" [based on "FILE"]`, and `library "…"`, the head of a file of definitions"""

    title: Text
    based_on: Text | None = None
    cite: Cite | None = None
    is_library: bool = False


@node
class Blank(Node):
    """`blank Length such as 26 weeks "how long the job is held"`: what stands in square brackets in a library"""

    name: Term
    sample: Stated
    meaning: Text
    cite: Cite | None = None


@node
class Purpose(Node):
    text: Text
    cite: Cite | None = None


@node
class Party(Node):
    role: Literal["commissioner", "provider", "assessor", "party"]
    name: Term
    description: Text | None = None
    independent: bool = False
    logged: Logged | None = None
    cite: Cite | None = None


@node
class ShareOf(Node):
    party: Term
    share: Percent


@node
class Joint(Node):
    name: Term
    shares: tuple[ShareOf, ...]
    odd_unit_to: Term | None
    cite: Cite | None = None


@node
class Currency(Node):
    code: str
    cite: Cite | None = None


@node
class ContractTerm(Node):
    """`term beginning on D and ending on D`"""

    first: Date
    last: Date
    cite: Cite | None = None


@node
class Claims(Node):
    last: Date
    cite: Cite | None = None


@node
class Value(Node):
    amount: Money
    cite: Cite | None = None


@node
class Rounding(Node):
    what: Literal["each amount", "total"]
    unit: Literal["penny", "pound"]
    mode: Literal["half up", "half even"]
    cite: Cite | None = None


@node
class Holidays(Node):
    file: Text
    cite: Cite | None = None


# ---------------------------------------------------------------- clauses: people


@node
class Joining(Node):
    """One way in: `Attachment`, `the first Release`, `a Discharge without Exclusion`, `Referral between D and D`"""

    select: Select
    first: bool = False


@node
class JoinsOn(Node):
    ways: tuple[Joining, ...]


@node
class JoinsOnFirstRow(Node):
    """`joins on its first row`"""


@node
class Once(Node):
    pass


@node
class AgainAfter(Node):
    length: Duration


@node
class SelectedBy(Node):
    party: Term


@node
class UpToPeople(Node):
    number: Number


ParticipantModifier = JoinsOn | JoinsOnFirstRow | Once | AgainAfter | SelectedBy | UpToPeople | Logged | Cite


@node
class Participant(Node):
    name: Name
    modifiers: tuple[ParticipantModifier, ...]


@node
class Member(Node):
    """`member Child (Children) of a Family, read from Member of a Family Record with Role "child"`"""

    name: Name
    of: Term
    attribute: Term
    source: Select | None
    cite: Cite | None = None


@node
class SetBy(Node):
    party: Term


@node
class ByDate(Node):
    event: Ref


@node
class ByMeasure(Node):
    """`by Score of Entry Test`, `by Starting Level`"""

    measure: Term
    event: Term | None


@node
class ReadFrom(Node):
    attribute: Term
    event: Term | None


GroupModifier = SetBy | ByDate | ByMeasure | ReadFrom | Cite


@node
class Range(Node):
    """`from A to below B`, `above A`, `at most B` …; a missing end is open"""

    first: Literal_ | Date | None
    first_included: bool
    last: Literal_ | Date | None
    last_included: bool


@node
class GroupRow(Node):
    label: Text
    range: Range | None = None
    logged: Logged | None = None


@node
class Group(Node):
    word: Literal["group", "cohort"]
    name: Name
    of: Term
    modifiers: tuple[GroupModifier, ...]
    rows: tuple[GroupRow, ...]


@node
class Where(Node):
    condition: Condition


@node
class By(Node):
    method: Literal["matching", "lottery", "history"]


@node
class ChosenBy(Node):
    party: Term


ComparisonModifier = Where | By | ChosenBy | Cite


@node
class Comparison(Node):
    name: Term
    of: Term
    modifiers: tuple[ComparisonModifier, ...]


@node
class Period(Node):
    name: Name
    every: Duration
    first: Date
    last: Date | None
    cite: Cite | None = None


# ---------------------------------------------------------------- clauses: facts


@node
class Event(Node):
    name: Name
    of: Term | None
    kind: Literal["input", "activity", "output", "outcome"]
    modifiers: tuple[FactModifier, ...]
    attributes: tuple[AttributeDeclaration, ...] = ()


@node
class AsKind(Node):
    kind: Kind


@node
class AnsweredBy(Node):
    term: Term


@node
class AskedBy(Node):
    party: Term


@node
class ValidWhen(Node):
    """`valid when at least 60% answer`"""

    share: Percent


FigureModifier = FactModifier | AsKind | AnsweredBy | AskedBy | ValidWhen


@node
class Figure(Node):
    name: Name
    subject: Subject | None
    modifiers: tuple[FigureModifier, ...]


@node
class MatchedBy(Node):
    attribute: Term


StateModifier = With | Without | MatchedBy | FactModifier


@node
class State(Node):
    """`state Employment beginning on Job Start and ending on Job End`; `ends_before` for `ending the day before`"""

    name: Name
    of: Term | None
    begins: Term
    ends: Term | None
    ends_before: bool
    modifiers: tuple[StateModifier, ...]


@node
class NotState(Node):
    term: Term


@node
class StateIs(Node):
    """`state In Work is Employment and not Benefit`"""

    name: Name
    of: Term | None
    joined_by: Literal["and", "or"]
    parts: tuple[Term | NotState, ...]
    modifiers: tuple[StateModifier, ...]


@node
class Define(Node):
    name: Name
    subject: Subject | None
    quantity: Expr
    rounded: Literal["down", "up"] | None = None
    cite: Cite | None = None


@node
class StraightLine(Node):
    pass


@node
class Indexed(Node):
    """`indexed by FIGURE from D, at most 3% each year`"""

    figure: Term
    since: Date
    cap: Percent | None = None
    cap_unit: TimeUnit | None = None


@node
class Nothing(Node):
    pass


CellValue = Literal_ | Date | Nothing
RowKey = Text | Range | Literal_
"""A label, a range, or a point (`at 10%`)."""


@node
class TableRow(Node):
    keys: tuple[RowKey, ...]
    value: CellValue


@node
class Table(Node):
    name: Term
    by: tuple[Term, ...]
    modifiers: tuple[StraightLine | Indexed, ...]
    rows: tuple[TableRow, ...]
    cite: Cite | None = None


@node
class UntilPaid(Node):
    """`table Savings Share until $400,159 has been paid, 95%; then 40%`"""

    name: Term
    threshold: Money
    before: CellValue
    after: CellValue
    cite: Cite | None = None


# ---------------------------------------------------------------- clauses: outcomes


@node
class When(Node):
    condition: Condition


@node
class PartlyWhen(Node):
    condition: Condition


@node
class AfterOutcome(Node):
    """`after Job Outcome`: only later days count"""

    outcome: Ref


@node
class UpToTimes(Node):
    number: Number | Term


@node
class EachOnce(Node):
    pass


@node
class EachTime(Node):
    pass


@node
class IsTemplate(Node):
    """`is Sustained Job with 26 weeks and 12 months`, `is Sustained Job, where Length is 26 weeks and Work is Job`"""

    template: Term
    values: tuple[Stated, ...]
    meant: tuple[Meant, ...] = ()


@node
class MonitorOnly(Node):
    pass


@node
class Maintenance(Node):
    pass


@node
class DecidedBy(Node):
    role: Term
    length: Duration
    otherwise_achieved: bool


OutcomeModifier = (
    When | PartlyWhen | Deadline | AfterOutcome | Once | UpToTimes | EachOnce | EachTime | IsTemplate
    | MonitorOnly | Maintenance | DecidedBy | VerifiedBy | Silence | EvidencedBy | Logged | Cite
)


@node
class Outcome(Node):
    name: Name
    subject: Subject | None
    modifiers: tuple[OutcomeModifier, ...]


@node
class SlotAll(Node):
    outcomes: tuple[Ref, ...]


@node
class SlotBy(Node):
    group: Term
    choices: tuple[tuple[Text, Ref], ...]


@node
class SlotAny(Node):
    number: Number
    outcomes: tuple[Ref, ...]
    chosen_by: Term
    deadline: Deadline | None = None


Slot = SlotAll | SlotBy | SlotAny


@node
class Plan(Node):
    """`read from ATTRIBUTE and CHOOSER of EVENT`"""

    name: Term
    of: Term
    attribute: Term | None
    chooser: Term | None
    event: Term | None
    slots: tuple[Slot, ...]
    cite: Cite | None = None


# ---------------------------------------------------------------- clauses: money


@node
class ForEach(Node):
    """`for each Attachment with …`"""

    select: Select


@node
class ForEachPartly(Node):
    """`for each Home partly achieved`"""

    outcome: Ref


@node
class ForEachSlot(Node):
    """`for each outcome [partly achieved] in the PLAN`"""

    plan: Term
    partly: bool


@node
class ForEachPoint(Node):
    """`for each [whole] percentage point of Q`"""

    of: Ref
    whole: bool


Driver = ForEach | ForEachPartly | ForEachSlot | ForEachPoint


@node
class InEach(Node):
    """`in each Quarter`, `in each Quarter, in advance`"""

    period: Term
    in_advance: bool = False


@node
class Instalments(Node):
    """`in 12 equal monthly instalments from 30 April 2013`"""

    number: int
    every: Literal["weekly", "monthly", "quarterly", "yearly"]
    first: Date


@node
class InAdvance(Node):
    pass


Spread = InEach | Instalments | InAdvance


@node
class ClaimedWithin(Node):
    length: Duration


@node
class DueAfter(Node):
    """`due 30 days after verification` (`day` is None) or after a day"""

    length: Duration
    day: Day | None


@node
class WithheldUntil(Node):
    day: Day


@node
class PartsInProportion(Node):
    pass


@node
class StacksWith(Node):
    names: tuple[Term, ...]


@node
class InsteadOf(Node):
    names: tuple[Term, ...]


@node
class LessAny(Node):
    payment: Term


@node
class UpToAmountPaid(Node):
    pass


@node
class ShownBy(Node):
    key: Term


PaymentModifier = (
    VerifiedBy | Silence | EvidencedBy | Indexed | Cite | ClaimedWithin | DueAfter | WithheldUntil | PartsInProportion
    | StacksWith | InsteadOf | LessAny | UpToAmountPaid | ShownBy
)


@node
class Payment(Node):
    """`payment NAME: PAYER pays PAYEE AMOUNT …`; `repayment` when `repays`"""

    repays: bool
    name: Term
    payer: Term
    payee: Term
    amount: Expr
    driver: Driver | None
    spread: Spread | None
    when: Condition | None
    modifiers: tuple[PaymentModifier, ...]


@node
class CardLine(Node):
    outcome: Ref
    price: Money


@node
class RateCard(Node):
    name: Term
    payer: Term
    payee: Term
    lines: tuple[CardLine, ...]
    spread: Spread | None
    when: Condition | None
    modifiers: tuple[PaymentModifier, ...]


@node
class ShareTo(Node):
    """`£2,400 of each to Sub A`; `part` is None for `the rest to Prime`"""

    part: Money | Percent | None
    to: Term


@node
class Divide(Node):
    payment: Term
    shares: tuple[ShareTo, ...]
    cite: Cite | None = None


@node
class AllPayments(Node):
    """`all payments [by PAYER]`"""

    payer: Term | None = None


@node
class EachLineOf(Node):
    card: Term


@node
class NamedPayments(Node):
    selects: tuple[Select, ...]


Limited = AllPayments | EachLineOf | NamedPayments


@node
class ForEachSubject(Node):
    """`for each Client` in a limit"""

    term: Term


@node
class InEachPeriod(Node):
    """`in each Financial Year by date achieved`"""

    period: Term
    by_date: Literal["achieved", "claimed"] | None


@node
class EarliestFirst(Node):
    pass


@node
class InTheOrder(Node):
    names: tuple[Term, ...]


@node
class InProportion(Node):
    pass


@node
class FromTheTotal(Node):
    pass


@node
class ExcessNotPaid(Node):
    pass


@node
class ExcessPaidBy(Node):
    party: Term


@node
class ExcessCarriedForward(Node):
    pass


LimitModifier = (
    ForEachSubject
    | InEachPeriod
    | EarliestFirst
    | InTheOrder
    | InProportion
    | FromTheTotal
    | ExcessNotPaid
    | ExcessPaidBy
    | ExcessCarriedForward
    | Cite
)


@node
class Limit(Node):
    """`limit … to £3,000,000 …`; `basis` for `p% of X achieved / paid`"""

    limited: Limited
    to: Expr
    basis: Literal["achieved", "paid"] | None
    modifiers: tuple[LimitModifier, ...]


@node
class Guaranteed(Node):
    """`Sutton guarantees 78 Referrals [in each Year]`"""

    party: Term
    number: Number
    select: Select
    period: Term | None


@node
class CountedBy(Node):
    group: Term


@node
class Shortfall(Node):
    """`each pays P £1,000 for each Referral short`"""

    payee: Term
    price: Money
    thing: Term


@node
class Guarantee(Node):
    name: Term
    rows: tuple[Guaranteed, ...]
    modifiers: tuple[CountedBy | Shortfall | Cite, ...]


@node
class Exit(Node):
    name: Term
    parties: tuple[Term, ...]
    day: Date
    event: Term | None
    falls_away: tuple[Term, ...]
    cite: Cite | None = None


@node
class Suspension(Node):
    window: Between
    cite: Cite | None = None


# ---------------------------------------------------------------- clauses: change and proof


@node
class Amendment(Node):
    number: Number
    effective: Date
    for_joining: Term | None
    cite: Cite | None = None


@node
class LimitOn(Node):
    """`the limit on each line of the Rate Card`"""

    limited: Limited


@node
class ChangeTo(Node):
    """`change TARGET to …`: a quantity (perhaps `for "ESA ex-IB"`), or the parts of an outcome"""

    target: Term | LimitOn
    to: Expr | tuple[OutcomeModifier, ...]
    rows: tuple[RowKey, ...] = ()
    cite: Cite | None = None


@node
class Delete(Node):
    target: Term | LimitOn
    cite: Cite | None = None


@node
class Insert(Node):
    clause: Clause


@node
class Joins(Node):
    """`joins COMMISSIONER …`: a party that joins by amendment"""

    party: Party


@node
class Use(Node):
    """`use NAME from "LIBRARY" [as NAME], where Work is Employment and Length is 26 weeks`"""

    name: Term
    library: Text
    renamed: Term | None = None
    meant: tuple[Meant, ...] = ()
    cite: Cite | None = None


@node
class Assume(Node):
    condition: Condition
    cite: Cite | None = None


@node
class Cost(Node):
    amount: Money
    select: Select
    cite: Cite | None = None


@node
class Benefit(Node):
    amount: Money
    select: Select
    to: Term
    cite: Cite | None = None


@node
class Accept(Node):
    """`accept same-outcome-paid-twice because "…" until D`"""

    rule: str
    because: Text
    until: Date | None = None
    cite: Cite | None = None


@node
class Fact(Node):
    """`Payment Group "JSA 25 and over"` after a given person or a dated row"""

    name: Term
    value: Text | Literal_ | Date


@node
class DatedFact(Node):
    """`5 March 2012  Job Start of "child1", Weekly Hours 16`; of a decision `5 March 2012  [not] Ready`"""

    day: Date
    event: Term
    of: Text | None
    facts: tuple[Fact, ...] = ()
    negated: bool = False


@node
class GivenPerson(Node):
    """`given Jobseeker "A", Payment Group "…"` and the dated rows below it"""

    term: Term
    id: Text
    facts: tuple[Fact, ...]
    rows: tuple[DatedFact, ...]


@node
class GivenFigure(Node):
    """`given Reoffending Rate of "Cohort 1" 52.3%`, `given Bond Stage in "Bond Year 4" is "Late"`"""

    term: Term
    of: Text | None
    period: Text | None
    value: Literal_ | Text


@node
class GivenCount(Node):
    """`given 24 Successes with Subcontractor "Sub A" in "Quarter 1"`"""

    number: Number
    ref: Ref
    filters: tuple[With | Without, ...]
    period: Text | None


@node
class GivenRows(Node):
    """`given` and dated rows that are of nobody: what happens to the contract as a whole"""

    rows: tuple[DatedFact, ...]


Given = GivenPerson | GivenFigure | GivenCount | GivenRows


@node
class ExpectedPayment(Node):
    """`Contract Price "Cohort 1" £12,500,000`; amount None means `nothing`"""

    ref: Ref
    part: Text | None
    amount: Money | None


@node
class ExpectedTotal(Node):
    amount: Money | None


@node
class ExpectedVerdict(Node):
    """`Job Outcome "A" is [partly] achieved on D / failed on D / open until D / awaiting verification (decision …)`"""

    outcome: Ref
    part: Text | None
    verdict: Literal["achieved", "failed", "open", "awaiting verification", "awaiting decision", "awaiting evidence"]
    day: Date | None
    partly: bool = False


Expectation = ExpectedPayment | ExpectedTotal | ExpectedVerdict


@node
class Expect(Node):
    as_of: Date | None
    expectations: tuple[Expectation, ...]


@node
class Example(Node):
    title: Text
    givens: tuple[Given, ...]
    expects: tuple[Expect, ...]


Clause = (
    Header
    | Blank
    | Purpose
    | Party
    | Joint
    | Currency
    | ContractTerm
    | Claims
    | Value
    | Rounding
    | Holidays
    | Participant
    | Member
    | Group
    | Comparison
    | Period
    | Event
    | Figure
    | State
    | StateIs
    | Define
    | Table
    | UntilPaid
    | Outcome
    | Plan
    | Payment
    | RateCard
    | Divide
    | Limit
    | Guarantee
    | Exit
    | Suspension
    | Amendment
    | ChangeTo
    | Delete
    | Insert
    | Joins
    | Use
    | Assume
    | Cost
    | Benefit
    | Accept
    | Example
)


@node
class File(Node):
    """One file of clauses in the author's order.

    `unread` holds the names that clauses with a mistake would have declared, so that nobody calls them unknown as well.
    """

    path: str
    clauses: tuple[Clause, ...]
    unread: tuple[Term, ...] = ()
