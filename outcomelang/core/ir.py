"""The tree as meant: the small typed core that every rendering reads (evaluation, relational plan, algebra, English).

It differs from the surface tree in that names are resolved, units are known, and sugar is gone: ladders are one
outcome per rung, rate cards one flow per line, "5 percentage points below B" is B less 1/20, every wording of a
window is a pair of edges, limits stand in one list in the order of calculation. Nothing here knows the text, except
`Origin`, which says where a part stands in the agreement; it takes no part in equality or in the digest.

Units of values: money in minor units (pence), percentages and percentage points as fractions of one, durations in
days or in months (never mixed), all as exact integers or `Fraction`; dates are `datetime.date`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from outcomelang.tree import Tree, field, node


@node
class Origin(Tree):
    """Where a part of the core was written. `clause` is the author's own number (`Schedule 4, 2.1`) or empty."""

    path: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    clause: str = ""


@node
class Node(Tree):
    """Where a node was written takes no part in what it is."""

    origin: Origin = field(default=Origin(), kw_only=True)


class Unit(StrEnum):
    """What a value is. Money and numbers never mix; days (and weeks) never compare with months (and years)."""

    MONEY = "money"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DATE = "date"
    LABEL = "label"
    FLAG = "yes or no"
    DAYS = "days"
    MONTHS = "months"


class Polarity(StrEnum):
    """Whether more of an event, or longer in a state, is a better life."""

    MORE = "more is better"
    FEWER = "fewer is better"
    UNSTATED = "unstated"


# ---------------------------------------------------------------- subjects: of whom, or of what, something is said


@node
class Whole(Node):
    """The contract as one: everybody, every row."""


@node
class PerPerson(Node):
    """Each episode of participation in a population."""

    population: str


@node
class PerMember(Node):
    """Each member (a child of a family) of each participant."""

    member: str


@node
class PerGroup(Node):
    """Each row of a group or cohort: the people who carry its label."""

    partition: str


@node
class PerPeriod(Node):
    """Each period of a calendar, for each `of`."""

    calendar: str
    of: Whole | PerPerson | PerGroup


@node
class PerRow(Node):
    """Each occurrence of an event, read together with the participant it belongs to."""

    event: str


@node
class Pooled(Node):
    """All groups of a partition (or all people) together, except those for whom a condition holds."""

    of: PerGroup | PerPerson | PerPeriod
    except_where: Condition | None


Subject = Whole | PerPerson | PerMember | PerGroup | PerPeriod | PerRow | Pooled


# ---------------------------------------------------------------- time


@node
class Fixed(Node):
    """A day written in the contract."""

    day: date


@node
class Joining(Node):
    """The day on which the episode of the person at hand began."""


@node
class RowDay(Node):
    """The day of the row that is the subject."""


@node
class RowOf(Node):
    """The day of the first, latest or only row that `select` finds for the person at hand; unknown if there is none.

    `which` is "first", "latest" or "only" (declared once, or refused when the log has two).
    """

    select: Select
    which: str


@node
class AchievedOn(Node):
    """The day on which the person at hand achieved an outcome; unknown while it is not achieved."""

    outcome: str


@node
class DayValue(Node):
    """A day that a quantity of unit DATE gives (a date in a table, an attribute)."""

    quantity: Quantity


@node
class SamePeriod(Node):
    """The first or last day of the period that has the same place in the year from `year` as the one at hand has."""

    calendar: str
    year: date
    last: bool


@node
class WorkingDay(Node):
    """The `count`-th working day after an anchor (before it, where less than nothing).

    With `from_itself` the anchor's own day is the first of them, if it is a working day. A working day is a Monday to
    Friday that is none of the contract's holidays.
    """

    anchor: Anchor
    count: int
    from_itself: bool = False


Anchor = Fixed | Joining | RowDay | RowOf | AchievedOn | DayValue | SamePeriod | WorkingDay


@node
class Edge(Node):
    """The anchor's corresponding date `months` on (or back), then `days` on (or back)."""

    anchor: Anchor
    months: int = 0
    days: int = 0


@node
class Window(Node):
    """Days from `first` up to and including `last`; a missing edge is open.

    within N of D: (D, D+N) · in the N after D: (D+1 day, D+N) · beginning with D: (D, D+N-1 day)
    · before D (with N): (D-N, D-1 day) · before D: (-, D-1 day) · between A and B: (A, B) · on D: (D, D).
    """

    first: Edge | None
    last: Edge | None


@node
class Spells(Node):
    """Days between a row of `begins` and the next row of `ends`: the end day itself counts if `end_counts`.

    Without `ends` the state lasts as long as the state is observed. `tests` select spells by their first row;
    `matched_by` pairs a start and an end that carry the same value of that attribute.
    """

    begins: str
    ends: str | None
    end_counts: bool
    tests: tuple[Test, ...] = ()
    matched_by: str | None = None


@node
class InState(Node):
    """The days of another declared state."""

    state: str


@node
class NotDays(Node):
    """Every observed day that is not in `of`."""

    of: DaySet


@node
class AllDays(Node):
    """Days that are in every part."""

    parts: tuple[DaySet, ...]


@node
class AnyDays(Node):
    """Days that are in at least one part."""

    parts: tuple[DaySet, ...]


DaySet = Spells | InState | NotDays | AllDays | AnyDays


# ---------------------------------------------------------------- selections


@node
class Rows(Node):
    """Rows of an event."""

    event: str


@node
class People(Node):
    """Episodes of participation in a population."""

    population: str


@node
class Members(Node):
    member: str


@node
class Achievements(Node):
    """Achievements of an outcome."""

    outcome: str


@node
class Periods(Node):
    calendar: str


Domain = Rows | People | Members | Achievements | Periods


@node
class AttributeIs(Node):
    """The attribute of the row is one of these labels (labels as declared or as logged, compared as names are)."""

    attribute: str
    labels: tuple[str, ...]
    negated: bool = False


@node
class AttributeCompares(Node):
    """The attribute compares with a constant. `comparator` is one of >= <= > < ==."""

    attribute: str
    comparator: str
    value: Const


@node
class AttributeDated(Node):
    """The date in the attribute lies in the window."""

    attribute: str
    window: Window


@node
class AttributeGiven(Node):
    """The attribute is given: not empty, not the label "none"; for yes or no: it is "yes"."""

    attribute: str
    negated: bool = False


@node
class Has(Node):
    """The person (or row's participant) has at least one such row, achievement or member."""

    select: Select
    negated: bool = False


@node
class InGroup(Node):
    """The person belongs to one of these rows of a group or cohort."""

    partition: str
    labels: tuple[str, ...]


Test = AttributeIs | AttributeCompares | AttributeDated | AttributeGiven | Has | InGroup


@node
class Select(Node):
    """Things of a domain, in the subject at hand, that pass every test and whose day lies in the window.

    The day of a row is its date, of a person the joining, of an achievement its day. Without a window, and inside a
    subject "in each PERIOD", the period is the window. `among` names a comparison population (or a group's label set)
    whose people are counted instead of the subject's own.
    """

    of: Domain
    tests: tuple[Test, ...] = ()
    window: Window | None = None
    among: str | None = None


# ---------------------------------------------------------------- quantities


@node
class Const(Node):
    """A written value: `Fraction` for numbers of every unit, `date`, or a label."""

    value: Fraction | date | str
    unit: Unit


@node
class Counted(Node):
    """How many things a selection finds. Unit NUMBER."""

    select: Select


@node
class Summed(Node):
    """The sum of a numeric attribute over selected rows; no value when there is no row."""

    attribute: str
    select: Select
    unit: Unit


@node
class DaysIn(Node):
    """How many days of a state fall into the window (the period, else all observed days). Unit DAYS or NUMBER."""

    state: str
    window: Window | None
    tests: tuple[Test, ...] = ()
    among: str | None = None
    days_each: int = 1
    """1 for days, 7 for whole weeks (rounded down)."""


@node
class Attribute(Node):
    """An attribute of the row that is the subject; no value where it is empty."""

    name: str
    unit: Unit


@node
class Read(Node):
    """A defined measure, read for the subject at hand or for the wider subject that contains it."""

    measure: str
    unit: Unit


@node
class Lookup(Node):
    """The value of a table for the subject at hand; no value where no row fits."""

    table: str
    unit: Unit


@node
class Arith(Node):
    """`op` is + - * / min max. A quotient by zero has no value; neither has anything computed from no value."""

    op: str
    left: Quantity
    right: Quantity
    unit: Unit


@node
class Excess(Node):
    """`of` less `over`, never below nothing."""

    of: Quantity
    over: Quantity
    unit: Unit


@node
class ChangeOf(Node):
    """Fall from base to new (rise if not `fall`); relative to the base, or in points when both are percentages."""

    base: Quantity
    new: Quantity
    fall: bool
    relative: bool


@node
class Rounded(Node):
    """To whole numbers. `mode` is down, up, half up, half even."""

    of: Quantity
    mode: str
    unit: Unit


@node
class ContractValue(Node):
    """The declared value of the contract, in minor units."""


@node
class Observed(Node):
    """What was reported of the subject at hand under a figure; no value while nothing is.

    `answered_by`: the mean of what the people of the subject answered, if at least the share `least` of them did.
    """

    figure: str
    unit: Unit
    answered_by: str | None = None
    least: Fraction | None = None


@node
class Indexed(Node):
    """`of` on the day of the payment, raised or lowered as a figure has changed since a day: a step each year.

    A step is taken on each anniversary of `since`: the figure of the last period over by then, divided by that of the
    step before (first of `since` itself), and at most 1 + `cap`.
    """

    of: Quantity
    figure: str
    since: date
    cap: Fraction | None
    unit: Unit


Quantity = (
    Const
    | Counted
    | Summed
    | DaysIn
    | Attribute
    | Read
    | Lookup
    | Arith
    | Excess
    | ChangeOf
    | Rounded
    | ContractValue
    | Observed
    | Indexed
)


# ---------------------------------------------------------------- conditions


@node
class Compares(Node):
    """`comparator` is one of >= <= > < ==."""

    left: Quantity
    comparator: str
    right: Quantity


@node
class LabelIs(Node):
    """The label of a quantity (an attribute, a table) or of a group is one of these."""

    of: Quantity | GroupLabel
    labels: tuple[str, ...]
    negated: bool = False


@node
class GroupLabel(Node):
    """The row of a partition to which the subject at hand belongs."""

    partition: str


@node
class ValueGiven(Node):
    of: Quantity
    negated: bool = False


@node
class Happens(Node):
    """At least one thing is selected (`occurs`); `negated`: none is, known once the window has been observed."""

    select: Select
    negated: bool = False


@node
class Reaches(Node):
    """A state reaches a length.

    `target` has unit DAYS or MONTHS. `mode`: "in total", "without a break", "in any" (then `span_months`/`span_days`
    is the rolling span). `allowed_break` is the longest break in days that does not count as one. `begun` keeps the
    runs of the state whose first day lies in the window; `counted_from` cuts off the days before it. `further`:
    successive blocks, the first starting the day after the outcome named by `after` (else at `counted_from`), each
    later one the day after the last ended.
    """

    state: str
    target: Quantity
    mode: str
    begun: Window | None = None
    counted_from: Anchor | None = None
    further: bool = False
    allowed_break: int = 0
    span_months: int = 0
    span_days: int = 0


@node
class Achieved(Node):
    """An outcome is achieved (negated: is not) for the subject at hand."""

    outcome: str
    negated: bool = False


@node
class Item(Node):
    """A part of a list; where `where` fails it is left out."""

    condition: Condition
    where: Condition | None = None


@node
class AtLeast(Node):
    """At least `least` of the applicable items hold; None: all of them (and at least one is applicable)."""

    items: tuple[Item, ...]
    least: int | None


@node
class ForMembers(Node):
    """`least` members hold; None: every one; 0: not one."""

    member: str
    tests: tuple[Test, ...]
    least: int | None
    condition: Condition


Condition = Compares | LabelIs | ValueGiven | Happens | Reaches | Achieved | AtLeast | ForMembers


# ---------------------------------------------------------------- declarations


@node
class Spelling(Node):
    """How the log spells a name in rows of a day and of later ones."""

    text: str
    first: date


@node
class Party(Node):
    name: str
    role: str
    description: str = ""
    independent: bool = False
    logged: tuple[str, ...] = ()
    logged_from: tuple[Spelling, ...] = ()


@node
class JointParty(Node):
    """Parties that carry every unit together, each its share; all but `odd_units_to` are rounded, it has the rest."""

    name: str
    shares: tuple[tuple[str, Fraction], ...]
    odd_units_to: str | None


@node
class AttributeSpec(Node):
    name: str
    unit: Unit
    logged: tuple[str, ...] = ()


@node
class Verification(Node):
    """Who verifies, and what silence means: after `silence_days` from the day it became known, verified or rejected."""

    by: tuple[str, ...]
    silence_days: int | None = None
    silence_months: int | None = None
    silence_verifies: bool = False
    silence_working: int = 0
    """Working days, in place of days and months."""


@node
class Ruling(Node):
    """What must be said of an outcome, or of a payment, by row of the log before it counts.

    `kind`: decided (a judgement), verified, or evidenced (then `by` are kinds of evidence and nobody says no). With
    `within`, silence counts as `silence` once so long has passed since it became known.
    """

    kind: str
    by: tuple[str, ...]
    within: Delay | None = None
    silence: bool = False


@node
class Event(Node):
    """`kind` is input, activity, output or outcome; `of` names a member or population when declared `of a …`.

    The rows of a figure are of kind "figure": the event and its first attribute bear the name of the figure's measure.
    """

    name: str
    kind: str
    polarity: Polarity
    recorded_by: tuple[str, ...]
    of: str | None = None
    verification: Verification | None = None
    evidenced_by: tuple[str, ...] = ()
    observed_until: Anchor | None = None
    attributes: tuple[AttributeSpec, ...] = ()
    logged: tuple[str, ...] = ()
    logged_from: tuple[Spelling, ...] = ()


@node
class State(Node):
    name: str
    days: DaySet
    polarity: Polarity
    of: str | None = None


@node
class Way(Node):
    """One way in: the first, or each, row that `select` finds (`window` there bounds the joining day)."""

    select: Select
    first: bool


@node
class Population(Node):
    """Participants. An episode begins on the first of its ways; `again_*` allows a new one that long after it.

    `comparison_of` names the partition or population for which this one is a comparison (never participants).
    """

    name: str
    plural: str
    ways: tuple[Way, ...]
    once: bool
    again_months: int = 0
    again_days: int = 0
    selected_by: str | None = None
    most: int | None = None
    comparison_of: str | None = None
    tests: tuple[Test, ...] = ()
    method: str | None = None
    chosen_by: str | None = None
    logged: tuple[str, ...] = ()
    """How a log calls them where they are those who choose: `client`."""


@node
class Member(Node):
    name: str
    plural: str
    of: str
    event: str
    attribute: str
    tests: tuple[Test, ...] = ()


@node
class Bounds(Node):
    """A range of a group row or table row: open ends are None."""

    first: Const | None
    first_included: bool
    last: Const | None
    last_included: bool


@node
class PartitionRow(Node):
    label: str
    bounds: Bounds | None = None
    logged: tuple[str, ...] = ()
    logged_from: tuple[Spelling, ...] = ()


@node
class ByLabel(Node):
    """The label that the log carries: in `attribute` of the person's row of `event`."""

    event: str
    attribute: str


@node
class ByValue(Node):
    """The row whose bounds hold the value: of `attribute` of the person's first row of `event`, or its date (None)."""

    event: str
    attribute: str | None


@node
class ByMeasured(Node):
    """The row whose bounds hold a measure."""

    measure: str


@node
class ByOwnLabel(Node):
    """Set by a party with no row of its own: the log carries it in a column of the group's name on the joining row."""


Classifier = ByLabel | ByValue | ByMeasured | ByOwnLabel


@node
class Partition(Node):
    """A group or cohort (`word`) of a population or calendar. Fixed at joining."""

    name: str
    word: str
    of: str
    classifier: Classifier
    rows: tuple[PartitionRow, ...]
    set_by: tuple[str, ...] = ()


@node
class Calendar(Node):
    """Periods of equal length from `first`, each from its own corresponding date; labels are `NAME 1`, `NAME 2` …"""

    name: str
    months: int
    days: int
    first: date
    last: date | None


@node
class Measure(Node):
    """A defined number: `name` of `subject`."""

    name: str
    subject: Subject
    quantity: Quantity
    unit: Unit
    plural: str = ""


@node
class LabelKey(Node):
    label: str


@node
class PointKey(Node):
    value: Const


TableKey = LabelKey | Bounds | PointKey


@node
class KeyByGroup(Node):
    partition: str


@node
class KeyByPeriod(Node):
    calendar: str


@node
class KeyByQuantity(Node):
    """A measure or an attribute, looked up by range, point or label."""

    quantity: Quantity


KeySource = KeyByGroup | KeyByPeriod | KeyByQuantity


@node
class TableRow(Node):
    keys: tuple[TableKey, ...]
    value: Const | None
    """None is "nothing"."""


@node
class UntilPaid(Node):
    """A price (or share) until so much has been paid under it, then another; the unit at the margin is split."""

    threshold: int
    after: Const | None


@node
class Table(Node):
    """With `until_paid` there is one row without keys: the value before the threshold."""

    name: str
    by: tuple[KeySource, ...]
    rows: tuple[TableRow, ...]
    unit: Unit
    straight_line: bool = False
    until_paid: UntilPaid | None = None


@node
class Outcome(Node):
    """A result that is achieved on a day, or has failed, or is open, or awaits what must be said of it (`rulings`).

    `times` None: once. A quantity: up to so many times. `each_time`: without limit. A rung of a ladder is an outcome of
    its own: `name` is "Settled at 3 months", `family` "Settled". `after` bars days up to and including that outcome's.
    `partly` names the outcome that is its lesser success: "Settled in part", which has the same subject, deadline,
    `after` and number of times, and whose own `part_of` names the whole.
    """

    name: str
    subject: Subject
    when: Condition
    deadline: Window | None = None
    after: str | None = None
    times: Quantity | None = None
    each_time: bool = False
    family: str = ""
    plural: str = ""
    monitor_only: bool = False
    maintenance: bool = False
    rulings: tuple[Ruling, ...] = ()
    logged: tuple[str, ...] = ()
    partly: str | None = None
    part_of: str | None = None
    amended: tuple[AmendedOutcome, ...] = ()


@node
class AmendedOutcome(Node):
    """What an outcome is in some versions of the contract (by their places in `Contract.versions`).

    An achievement on a day is judged by the words of the version that governs the day; earlier ones keep standing.
    """

    versions: tuple[int, ...]
    amendment: int
    outcome: Outcome


# ---------------------------------------------------------------- plans: outcomes agreed for each participant


@node
class Agreed(Node):
    """Each of these outcomes belongs to everybody's plan."""

    outcomes: tuple[str, ...]


@node
class GroupChoice(Node):
    """For those who carry the label, this outcome."""

    label: str
    outcome: str


@node
class AgreedByGroup(Node):
    """The outcome that goes with the participant's row of a group."""

    partition: str
    choices: tuple[GroupChoice, ...]


@node
class Chosen(Node):
    """So many of these, each chosen on a day of the window by a party (None: by the participants themselves)."""

    number: int
    outcomes: tuple[str, ...]
    by: str | None
    window: Window | None = None


Slot = Agreed | AgreedByGroup | Chosen


@node
class Plan(Node):
    """Outcomes of a participant, agreed by rows of `event` that name one each in `attribute`.

    `chooser` is the attribute that says who chose; where there is none, or it is empty, the row's source did.
    With `listed` the rows name the outcomes of every slot, without it only those that are chosen. Nothing is earned
    under a plan before the day on which it keeps every rule.
    """

    name: str
    population: str
    event: str | None
    attribute: str | None
    chooser: str | None
    listed: bool
    slots: tuple[Slot, ...]


# ---------------------------------------------------------------- money


@node
class OneEach(Node):
    """One unit for each instance of the flow's subject (a lump sum for Whole, a head for PerPerson …).

    Of people and members only those whose joining (or first) row passes the tests and lies in the window.
    """

    tests: tuple[Test, ...] = ()
    window: Window | None = None


@node
class EachAchievement(Node):
    """One unit for each achievement of an outcome by people who pass the tests, on a day in the window."""

    outcome: str
    tests: tuple[Test, ...] = ()
    window: Window | None = None


@node
class EachRow(Node):
    """One unit for each selected row; the amount is read with that row as subject."""

    select: Select


@node
class EachUnit(Node):
    """As many units as the quantity gives. `parts`: "proportion" (fractions are paid) or "whole" (rounded down)
    or "exact" (the quantity is a whole number by its construction). `scale` 100 counts percentage points."""

    quantity: Quantity
    parts: str
    scale: int = 1


@node
class EachInPlan(Node):
    """One unit for each outcome of a participant's plan that is achieved (`partly`: of which a part is)."""

    plan: str
    partly: bool


Driver = OneEach | EachAchievement | EachRow | EachUnit | EachInPlan


@node
class NamedParty(Node):
    party: str


@node
class Jointly(Node):
    joint: str


@node
class PartyOfGroup(Node):
    """The party whose name is the label of the person's group."""

    partition: str


Payer = NamedParty | Jointly | PartyOfGroup


@node
class Instalments(Node):
    """One unit paid in `number` equal parts, on `first` and each `months`/`days` after (counted from the first)."""

    number: int
    months: int
    days: int
    first: date


@node
class Delay(Node):
    """Due so long after verification (`anchor` None) or after a day."""

    months: int
    days: int
    anchor: Anchor | None = None
    working: int = 0
    """Working days, in place of months and days."""


@node
class Withheld(Node):
    """Earned on its own day, and kept back until this one; where it never comes, for good."""

    until: Anchor
    title: str


@node
class Flow(Node):
    """A payment (or, if `repays`, a repayment: payer gives back to payee and it counts negative).

    `name` is the line of the statement; `card` the payment clause it belongs to (a rate card has one flow a line).
    `amount` per unit, read in the driver's subject. Earned on the driver's day or the gate's, if later.
    `up_to_paid` bounds a repayment by what the payee has paid.
    """

    name: str
    card: str
    repays: bool
    payer: Payer
    payee: Payer
    amount: Quantity
    subject: Subject
    driver: Driver
    gate: Condition | None = None
    instalments: Instalments | None = None
    in_advance: bool = False
    claimed_within: Delay | None = None
    due: Delay | None = None
    stacks_with: tuple[str, ...] = ()
    up_to_paid: bool = False
    rulings: tuple[Ruling, ...] = ()
    shown_by: KeyByGroup | KeyByPeriod | None = None
    """Splits the line of the statement."""
    versions: tuple[int, ...] = ()
    """The versions of the contract in which it is due; none: in all. Flows of one name are one line, each its time."""
    amendment: int = 0
    """The amendment that it comes from; 0: as signed."""
    withheld: Withheld | None = None


# ---------------------------------------------------------------- stages: what happens to entries, in this order


class Order(StrEnum):
    """How a limit is shared out. Ties always: date, clause, participant, sequence, id."""

    EARLIEST = "earliest first"
    IN_ORDER = "in the order"
    PROPORTION = "in proportion"
    FROM_TOTAL = "taken from the total"


class Excess_(StrEnum):
    NOT_PAID = "not paid"
    PAID_BY = "paid by"
    CARRIED = "carried forward"


@node
class Bound(Node):
    """What a limit is in some versions of the contract; None: there is none. What was used before counts."""

    versions: tuple[int, ...]
    most: Quantity | None


@node
class Covered(Node):
    """Of what these flows pay for, only things that pass the tests and whose day lies in the window are limited."""

    flows: tuple[str, ...]
    tests: tuple[Test, ...]
    window: Window | None


@node
class CountLimit(Node):
    """At most so many units of these flows (together; empty: of all payments) for each `per` and period.

    The rest is refused whole, paid by another party, or counted in the next period that has room (carried forward).
    Where `covered` names a flow, only what it covers is limited. With `bounds` they hold in place of `most`, each in
    its versions.
    """

    flows: tuple[str, ...]
    most: Quantity
    per: Subject | None
    calendar: str | None
    tests: tuple[Test, ...] = ()
    by_claim_date: bool = False
    order: Order = Order.EARLIEST
    names: tuple[str, ...] = ()
    excess: Excess_ = Excess_.NOT_PAID
    excess_to: str | None = None
    covered: tuple[Covered, ...] = ()
    title: str = ""
    bounds: tuple[Bound, ...] = ()


@node
class Replace(Node):
    """Where `flow` is due, these are not, within one participant, group or period.

    Where both are paid for the outcomes of one plan, within one outcome of it; so does a `SetOff`.
    """

    flow: str
    replaced: tuple[str, ...]
    versions: tuple[int, ...] = ()


@node
class SetOff(Node):
    """`flow` is reduced by what `against` pays within one participant, group or period, never below nothing."""

    flow: str
    against: str
    versions: tuple[int, ...] = ()


@node
class RoundEach(Node):
    """Every amount to whole minor units (`to` = 1) or whole pounds (`to` = 100)."""

    mode: str
    to: int


@node
class MoneyLimit(Node):
    """At most so much for these flows (empty: all payments) for each `per` and period.

    `payer`: only that payer's shares, applied after joint shares. `names`: payees or flows, for the order in-the-order.
    What is carried forward comes first in the next period. Where `covered` names a flow, only what it covers is
    limited. `share_of`: what these flows pay, of which `most` is a share; such a limit comes after all others. With
    `bounds` they hold in place of `most`, each in its versions.
    """

    flows: tuple[str, ...]
    most: Quantity
    per: Subject | None
    calendar: str | None
    by_claim_date: bool
    order: Order
    names: tuple[str, ...]
    excess: Excess_
    excess_to: str | None = None
    payer: str | None = None
    title: str = ""
    covered: tuple[Covered, ...] = ()
    share_of: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()


@node
class Tier(Node):
    """Entries of these flows, whose price reads a table `until … has been paid`, are repriced past its threshold."""

    flows: tuple[str, ...]
    table: str


@node
class Part(Node):
    """What one party gets of a divided payment: so much of each unit (minor units), or a share of it."""

    to: Payer
    each: Fraction | None
    share: Fraction | None


@node
class Division(Node):
    """A payment goes on to several parties: each in turn its part of each unit, as far as it goes, the rest to one."""

    flow: str
    parts: tuple[Part, ...]
    rest_to: Payer | None
    versions: tuple[int, ...] = ()


@node
class FallAway(Node):
    """If an event ends the agreement by a day, what these flows would pay after that day is not due."""

    event: str
    day: date
    flows: tuple[str, ...]
    title: str


@node
class ShareOut(Node):
    """Joint payers (and payees) take their shares."""


@node
class Withhold(Node):
    """What is withheld until a later day than that of the account is not due."""


@node
class Repay(Node):
    """Repayments with a bound are cut to what was paid."""


@node
class RoundTotal(Node):
    """One rounding entry for each payment and payer closes the account."""

    mode: str
    to: int


Stage = (
    CountLimit
    | Replace
    | SetOff
    | Tier
    | RoundEach
    | MoneyLimit
    | ShareOut
    | Division
    | FallAway
    | Withhold
    | Repay
    | RoundTotal
)


# ---------------------------------------------------------------- proof


@node
class GivenRow(Node):
    event: str
    day: date
    attributes: tuple[tuple[str, Const], ...] = ()
    member: str | None = None


@node
class GivenRuling(Node):
    """The decision on an outcome: that it is achieved, or is not."""

    outcome: str
    day: date
    achieved: bool


@node
class GivenPerson(Node):
    """A person with rows. Stipulated rows count as recorded and verified by the right party."""

    population: str
    id: str
    labels: tuple[tuple[str, str], ...]
    rows: tuple[GivenRow | GivenRuling, ...]


@node
class GivenValue(Node):
    """A measure (or table, figure, group label) is stipulated, for one subject's label or for the whole contract."""

    name: str
    label: str
    value: Const


@node
class GivenMany(Node):
    """So many rows, achievements or people, each of somebody else where possible (see the language reference)."""

    number: int
    of: Domain
    labels: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, Const], ...]
    period: str = ""


@node
class GivenRows(Node):
    """Rows of nobody: of the contract as a whole."""

    rows: tuple[GivenRow, ...]


Given = GivenPerson | GivenValue | GivenMany | GivenRows


@node
class ExpectedLine(Node):
    """A line (flow or card, perhaps only its part for a label or payer); minor units, always as written (positive)."""

    name: str
    part: str
    amount: int


@node
class ExpectedTotal(Node):
    amount: int


@node
class ExpectedVerdict(Node):
    """`verdict`: achieved, failed, open, awaiting verification, awaiting decision, awaiting evidence. `part`: of whom
    (a participant, cohort or period); empty for everybody."""

    outcome: str
    verdict: str
    day: date | None
    part: str = ""


Expectation = ExpectedLine | ExpectedTotal | ExpectedVerdict


@node
class Expected(Node):
    as_of: date | None
    expectations: tuple[Expectation, ...]


@node
class Example(Node):
    title: str
    givens: tuple[Given, ...]
    expects: tuple[Expected, ...]


@node
class Acceptance(Node):
    rule: str
    because: str
    until: date | None


# ---------------------------------------------------------------- time and change


@node
class Suspension(Node):
    """Days, both included, on which time limits of a length (`within 12 months of …`) do not run."""

    first: date
    last: date


@node
class Version(Node):
    """The terms from a day on as `amendment` left them (0: as signed).

    With `population`: for those of it who joined on `joined_from` or later, all their life, in place of everybody's.
    Of several the last holds whose day has come.
    """

    amendment: int
    first: date | None = None
    population: str | None = None
    joined_from: date | None = None


# ---------------------------------------------------------------- what things cost, and what they are worth


@node
class Cost(Node):
    """What each of these costs whoever provides for it, in minor units; changes no payment."""

    amount: Fraction
    select: Select


@node
class Benefit(Node):
    """What each of these is worth to a party, in minor units; changes no payment."""

    amount: Fraction
    select: Select
    to: str


@node
class Assumption(Node):
    """What is taken for granted of every history that is weighed: the condition holds for each of the subject.

    It changes no payment.
    """

    condition: Condition
    subject: Subject


# ---------------------------------------------------------------- the contract


@node
class Contract(Node):
    """A compiled contract. Every name used anywhere is declared here exactly once; invariants are tested.

    `minor_digits` of the currency: 2 for GBP. `stages` stand in the order of calculation. Flows that are due in some
    `versions` only may share a name.
    """

    title: str
    currency: str
    minor_digits: int
    first_day: date | None
    last_day: date | None
    last_claim: date | None
    value: int | None
    parties: tuple[Party, ...]
    joint_parties: tuple[JointParty, ...]
    populations: tuple[Population, ...]
    members: tuple[Member, ...]
    partitions: tuple[Partition, ...]
    calendars: tuple[Calendar, ...]
    events: tuple[Event, ...]
    states: tuple[State, ...]
    measures: tuple[Measure, ...]
    tables: tuple[Table, ...]
    outcomes: tuple[Outcome, ...]
    flows: tuple[Flow, ...]
    stages: tuple[Stage, ...]
    examples: tuple[Example, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    purpose: str = ""
    holidays: tuple[date, ...] = ()
    """Days that are no working days, beside Saturdays and Sundays."""
    costs: tuple[Cost, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    plans: tuple[Plan, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    versions: tuple[Version, ...] = ()
    """None: nothing in the contract changes with time. Else everybody's first, as signed and after each amendment."""
    assumptions: tuple[Assumption, ...] = ()
