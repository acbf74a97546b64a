"""Sentences that no draft uses, one construct each: they are read, and as what they say."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from outcomelang.source import Source
from outcomelang.surface import ast
from outcomelang.surface.ast import Date, Duration, Money, Name, Number, Percent, Points, Ref, Select, Term, Text
from outcomelang.surface.from_text import parse


def clause(text: str) -> ast.Clause:
    file, diagnostics = parse(Source("x", text))
    assert not diagnostics, diagnostics
    (only,) = file.clauses
    return only


def condition(text: str) -> ast.Condition:
    found = clause(f"assume {text}")
    assert isinstance(found, ast.Assume)
    return found.condition


def quantity(text: str) -> ast.Expr:
    found = clause(f"define It as {text}")
    assert isinstance(found, ast.Define)
    return found.quantity


def ref(text: str, at: ast.Literal_ | None = None) -> Ref:
    return Ref(Term(text), at)


def day(text: str) -> Date:
    return Date(date.fromisoformat(text))


def weeks(count: int) -> Duration:
    return Duration(Fraction(count), "week")


def months(count: int) -> Duration:
    return Duration(Fraction(count), "month")


def days(count: int) -> Duration:
    return Duration(Fraction(count), "day")


def number(value: int) -> Number:
    return Number(Fraction(value))


def pounds(value: int | str) -> Money:
    return Money(Fraction(value), "GBP")


def percent(value: int) -> Percent:
    return Percent(Fraction(value, 100))


def select(name: str, *counted: ast.Counted) -> Select:
    return Select(ref(name), counted)


CLAUSES = {
    'purpose "Fewer nights on the street" clause "Recital A"': ast.Purpose(
        Text("Fewer nights on the street"), ast.Cite(Text("Recital A"))
    ),
    'contract "T" based on "base.outcome" clause "1"': ast.Header(Text("T"), Text("base.outcome"), ast.Cite(Text("1"))),
    "joint Funders: A 50%, B 50%": ast.Joint(
        Term("Funders"), (ast.ShareOf(Term("A"), percent(50)), ast.ShareOf(Term("B"), percent(50))), None
    ),
    "rounding the total to the nearest pound, half even": ast.Rounding("total", "pound", "half even"),
    'holidays "england.csv"': ast.Holidays(Text("england.csv")),
    "participant Person, joins on its first row, once": ast.Participant(
        Name("Person"), (ast.JoinsOnFirstRow(), ast.Once())
    ),
    "participant Person, joins on Start, again after 6 months, up to 1,000": ast.Participant(
        Name("Person"),
        (
            ast.JoinsOn((ast.Joining(select("Start")),)),
            ast.AgainAfter(months(6)),
            ast.UpToPeople(number(1000)),
        ),
    ),
    "period Quarter is every 3 months from 1 April 2020 until 31 March 2024": ast.Period(
        Name("Quarter"), months(3), day("2020-04-01"), day("2024-03-31")
    ),
    'group Zone of a Person, by Score of Test "low" at most 5, "high" above 5 logged as "H"': ast.Group(
        "group",
        Name("Zone"),
        Term("Person"),
        (ast.ByMeasure(Term("Score"), Term("Test")),),
        (
            ast.GroupRow(Text("low"), ast.Range(None, False, number(5), True)),
            ast.GroupRow(Text("high"), ast.Range(number(5), False, None, False), ast.Logged(Text("H"))),
        ),
    ),
    "figure Satisfaction in each Quarter, answered by Person, asked by Survey House, "
    "valid when at least 60% answer, as a percentage": ast.Figure(
        Name("Satisfaction"),
        ast.OfEach(None, Term("Quarter")),
        (
            ast.AnsweredBy(Term("Person")),
            ast.AskedBy(Term("Survey House")),
            ast.ValidWhen(percent(60)),
            ast.AsKind("percentage"),
        ),
    ),
    'figure Price Index, reported by ONS, as a number logged as "cpi" from 1 May 2020': ast.Figure(
        Name("Price Index"),
        None,
        (ast.RecordedBy((Term("ONS"),)), ast.AsKind("number"), ast.Logged(Text("cpi"), day("2020-05-01"))),
    ),
    "event Visit is an activity, recorded by A or B, verified by C within 20 working days;"
    " silence counts as verified": ast.Event(
        Name("Visit"),
        None,
        "activity",
        (
            ast.RecordedBy((Term("A"), Term("B"))),
            ast.VerifiedBy((Term("C"),)),
            ast.Silence(Duration(Fraction(20), "day", working=True), verified=True),
        ),
    ),
    "event Visit is an input, recorded by A, has In Time as yes or no, Seen On as a date,"
    " and Kind Of Visit as a label": ast.Event(
        Name("Visit"),
        None,
        "input",
        (ast.RecordedBy((Term("A"),)),),
        (
            ast.AttributeDeclaration(Term("In Time"), "yes or no"),
            ast.AttributeDeclaration(Term("Seen On"), "date"),
            ast.AttributeDeclaration(Term("Kind Of Visit"), "label"),
        ),
    ),
    "state Job of an Adult beginning on Start, matched by Employer": ast.State(
        Name("Job"), Term("Adult"), Term("Start"), None, False, (ast.MatchedBy(Term("Employer")),)
    ),
    "state Idle is not Job": ast.StateIs(Name("Idle"), None, "and", (ast.NotState(Term("Job")),), ()),
    "state Busy is Job or Course": ast.StateIs(Name("Busy"), None, "or", (Term("Job"), Term("Course")), ()),
    "table Fee by Zone and Year, indexed by Price Index from 1 May 2020,"
    ' at most 3% each year "a" and "b" £5': ast.Table(
        Term("Fee"),
        (Term("Zone"), Term("Year")),
        (ast.Indexed(Term("Price Index"), day("2020-05-01"), percent(3), "year"),),
        (ast.TableRow((Text("a"), Text("b")), pounds(5)),),
    ),
    "table Share until £1 million has been paid, 95%; then 40%": ast.UntilPaid(
        Term("Share"), pounds(10**6), percent(95), percent(40)
    ),
    'table Wait by Zone "a" 26 weeks, "b" 3 months': ast.Table(
        Term("Wait"),
        (Term("Zone"),),
        (),
        (ast.TableRow((Text("a"),), weeks(26)), ast.TableRow((Text("b"),), months(3))),
    ),
    "outcome Kept of a Person is Sustained Job with 26 weeks and 12 months, maintenance": ast.Outcome(
        Name("Kept"),
        ast.OfEach(Term("Person")),
        (ast.IsTemplate(Term("Sustained Job"), (weeks(26), months(12))), ast.Maintenance()),
    ),
    "outcome Fit of a Person, decided by the Panel within 20 days, otherwise not achieved": ast.Outcome(
        Name("Fit"), ast.OfEach(Term("Person")), (ast.DecidedBy(Term("Panel"), days(20), otherwise_achieved=False),)
    ),
    'outcome Fit, up to 3 times, monitor only, evidenced by "letter" or "form"': ast.Outcome(
        Name("Fit"),
        None,
        (ast.UpToTimes(number(3)), ast.MonitorOnly(), ast.EvidencedBy((Text("letter"), Text("form")))),
    ),
    "outcome Fit in each Quarter, within the 728 days beginning with the first Start": ast.Outcome(
        Name("Fit"), ast.OfEach(None, Term("Quarter")), (ast.BeginningWith(days(728), ast.First(Term("Start"))),)
    ),
    'plan Own Plan of a Person: by Zone "a" X "b" Y;'
    " any 2 of X, Y and Z chosen by Person within 30 days of Start": ast.Plan(
        Term("Own Plan"),
        Term("Person"),
        None,
        None,
        None,
        (
            ast.SlotBy(Term("Zone"), ((Text("a"), ref("X")), (Text("b"), ref("Y")))),
            ast.SlotAny(
                number(2),
                (ref("X"), ref("Y"), ref("Z")),
                Term("Person"),
                ast.Within(days(30), ref("Start")),
            ),
        ),
    ),
    "payment Fee: A pays B £3 for each whole percentage point of the Fall, claimed within 6 months, "
    "due 30 days after the latest Visit, withheld until 1 May 2020, shown by Zone": ast.Payment(
        False,
        Term("Fee"),
        Term("A"),
        Term("B"),
        pounds(3),
        ast.ForEachPoint(ref("Fall"), whole=True),
        None,
        None,
        (
            ast.ClaimedWithin(months(6)),
            ast.DueAfter(days(30), ast.Latest(Term("Visit"))),
            ast.WithheldUntil(day("2020-05-01")),
            ast.ShownBy(Term("Zone")),
        ),
    ),
    "payment Fee: A pays B £3 for each Settled at 3 months, due 30 days after verification": ast.Payment(
        False,
        Term("Fee"),
        Term("A"),
        Term("B"),
        pounds(3),
        ast.ForEach(Select(ref("Settled", months(3)))),
        None,
        None,
        (ast.DueAfter(days(30), None),),
    ),
    "limit all payments to £3 in each Year by date claimed; in proportion; the excess is carried forward": ast.Limit(
        ast.AllPayments(),
        pounds(3),
        None,
        (ast.InEachPeriod(Term("Year"), "claimed"), ast.InProportion(), ast.ExcessCarriedForward()),
    ),
    "limit Fee to 40% of Fees paid": ast.Limit(
        ast.NamedPayments((select("Fee"),)), ast.Portion(percent(40), ref("Fees")), "paid", ()
    ),
    "guarantee Floor: A guarantees 78 Referrals in each Year; each pays P £10 for each Referral short": ast.Guarantee(
        Term("Floor"),
        (ast.Guaranteed(Term("A"), number(78), select("Referrals"), Term("Year")),),
        (ast.Shortfall(Term("P"), pounds(10), Term("Referral")),),
    ),
    "suspension between 23 March 2020 and 1 July 2020: windows pause": ast.Suspension(
        ast.Between(day("2020-03-23"), day("2020-07-01"))
    ),
    "amendment 2 effective 1 April 2014, for Jobseekers joining on or after that date": ast.Amendment(
        number(2), day("2014-04-01"), Term("Jobseekers")
    ),
    "joins commissioner Sutton": ast.Joins(ast.Party("commissioner", Term("Sutton"))),
    'change Sustainment Price to £250 for "ESA ex-IB"': ast.ChangeTo(
        Term("Sustainment Price"), pounds(250), (Text("ESA ex-IB"),)
    ),
    "delete the limit on all payments by A": ast.Delete(ast.LimitOn(ast.AllPayments(Term("A")))),
    'use Sustained Job from "employment"': ast.Use(Term("Sustained Job"), Text("employment")),
    "assume at most 3 Persons": ast.Assume(ast.Compare(ast.Count(select("Persons")), "at most", number(3))),
    "assume for each Person in each Month: up to 3 Jobs": ast.Assume(
        ast.Compare(ast.Count(select("Jobs")), "at most", number(3)), ast.OfEach(Term("Person"), Term("Month"))
    ),
    "assume at least 2 of: (a) A occurs; (b) B occurs": ast.Assume(
        ast.ListOf(2, (ast.Item(ast.Occurs(select("A"), False)), ast.Item(ast.Occurs(select("B"), False))))
    ),
    "assume Rate is between 10% and 50%": ast.Assume(
        ast.ListOf(
            "all",
            (
                ast.Item(ast.Compare(ref("Rate"), "at least", Percent(Fraction(1, 10)))),
                ast.Item(ast.Compare(ref("Rate"), "at most", Percent(Fraction(1, 2)))),
            ),
        )
    ),
    "cost £1,900 for each Person": ast.Cost(pounds(1900), select("Person")),
    "benefit £9.50 for each Job to Treasury": ast.Benefit(pounds("9.50"), select("Job"), Term("Treasury")),
    'accept cliff because "small"': ast.Accept("cliff", Text("small")),
    'accept uncapped-liability because "small" until 1 May 2020': ast.Accept(
        "uncapped-liability", Text("small"), day("2020-05-01")
    ),
    'insert purpose "x"': ast.Insert(ast.Purpose(Text("x"))),
    'example "E" given Stage in "Year 4" is "Late" expect as of 1 May 2020 Job is failed on 1 April 2020 '
    "Fit is open until 1 June 2020 Kept is awaiting verification total nothing": ast.Example(
        Text("E"),
        (ast.GivenFigure(Term("Stage"), None, Text("Year 4"), Text("Late")),),
        (
            ast.Expect(
                day("2020-05-01"),
                (
                    ast.ExpectedVerdict(Ref(Term("Job")), None, "failed", day("2020-04-01")),
                    ast.ExpectedVerdict(Ref(Term("Fit")), None, "open", day("2020-06-01")),
                    ast.ExpectedVerdict(Ref(Term("Kept")), None, "awaiting verification", None),
                    ast.ExpectedTotal(None),
                ),
            ),
        ),
    ),
}


@pytest.mark.parametrize(("text", "node"), CLAUSES.items(), ids=lambda x: str(x)[:50])
def test_a_clause(text: str, node: ast.Clause) -> None:
    assert clause(text) == node


A, B, FIVE = ref("A"), ref("B"), number(5)

CONDITIONS = {
    "A is at least 5": ast.Compare(A, "at least", FIVE),
    "A is not less than 5": ast.Compare(A, "at least", FIVE),
    "A is no less than 5": ast.Compare(A, "at least", FIVE),
    "A is at most 5": ast.Compare(A, "at most", FIVE),
    "A is not more than 5": ast.Compare(A, "at most", FIVE),
    "A is no more than 5": ast.Compare(A, "at most", FIVE),
    "A is up to 5": ast.Compare(A, "at most", FIVE),
    "A is more than 5": ast.Compare(A, "above", FIVE),
    "A is fewer than 5": ast.Compare(A, "below", FIVE),
    "A is less than 5": ast.Compare(A, "below", FIVE),
    "A is exactly 5": ast.Compare(A, "exactly", FIVE),
    "A is at least 5 percentage points below B": ast.CompareBy(A, "at least", Points(Fraction(5, 100)), "below", B),
    "A is at least 10% above B": ast.CompareBy(A, "at least", percent(10), "above", B),
    'A is "x"': ast.IsLabel(A, (Text("x"),)),
    'A is not "x"': ast.IsLabel(A, (Text("x"),), negated=True),
    'A is not one of "x", "y"': ast.IsLabel(A, (Text("x"), Text("y")), negated=True),
    "A is given": ast.IsGiven(A, negated=False),
    "A is not given": ast.IsGiven(A, negated=True),
    "A is not achieved": ast.IsAchieved(A, negated=True),
    "no A with B from 8 to below 16 occurs in the 12 months after the latest B": ast.Occurs(
        select(
            "A",
            ast.With(Term("B"), ast.RangeTest(number(8), number(16), last_included=False)),
            ast.After(months(12), ast.Latest(Term("B"))),
        ),
        negated=True,
    ),
    "A with B of not less than 16 occurs on 1 May 2020": ast.Occurs(
        select("A", ast.With(Term("B"), ast.ValueTest("at least", number(16))), ast.On(day("2020-05-01"))),
        negated=False,
    ),
    "A begun after B, counted from B reaches 3, 6, 12 and 18 months in total": ast.Reaches(
        Term("A"),
        (ast.Begun(B, strictly_after=True), ast.CountedFrom(B)),
        False,
        ast.Ladder((months(3), months(6), months(12), months(18))),
        (ast.InTotal(),),
    ),
    "A reaches a further 4 weeks without a break longer than 7 days": ast.Reaches(
        Term("A"), (), True, weeks(4), (ast.WithoutBreak(days(7)),)
    ),
    "A reaches 52 weeks in any 61 weeks": ast.Reaches(Term("A"), (), False, weeks(52), (ast.InAny(weeks(61)),)),
    "A reaches £768 and £1,631": ast.Reaches(Term("A"), (), False, ast.Ladder((pounds(768), pounds(1631))), ()),
    "for no A with B: A occurs": ast.ForMembers(
        "no", select("A", ast.With(Term("B"), None)), ast.Occurs(select("A"), negated=False)
    ),
    "at least 2 of: (a) A occurs; (b) where B occurs: A is achieved;"
    " (c) all of: (i) B occurs; and (ii) no B occurs": ast.ListOf(
        2,
        (
            ast.Item(ast.Occurs(select("A"), negated=False)),
            ast.Item(ast.IsAchieved(A, negated=False), where=ast.Occurs(select("B"), negated=False)),
            ast.Item(
                ast.ListOf(
                    "all",
                    (
                        ast.Item(ast.Occurs(select("B"), negated=False)),
                        ast.Item(ast.Occurs(select("B"), negated=True)),
                    ),
                )
            ),
        ),
    ),
    "A occurs or B occurs": ast.ListOf(
        "any", (ast.Item(ast.Occurs(select("A"), False)), ast.Item(ast.Occurs(select("B"), False)))
    ),
}


@pytest.mark.parametrize(("text", "node"), CONDITIONS.items(), ids=lambda x: str(x)[:50])
def test_a_condition(text: str, node: ast.Condition) -> None:
    assert condition(text) == node


QUANTITIES = {
    "A plus B less 5 times B": ast.Difference(ast.Sum_(A, B), ast.Product(FIVE, B)),
    "30% of (A plus B)": ast.Portion(percent(30), ast.Sum_(A, B)),
    "(30% of A) plus B": ast.Sum_(ast.Portion(percent(30), A), B),
    "B plus 30% of A": ast.Sum_(B, ast.Portion(percent(30), A)),
    "30% of A plus 30% of B": ast.Sum_(ast.Portion(percent(30), A), ast.Portion(percent(30), B)),
    "5/6 of A": ast.Portion(ast.Fraction_(Fraction(5, 6)), A),
    "the greater of A and 5": ast.Greater(A, FIVE),
    "the lesser of £5 and £6": ast.Lesser(pounds(5), pounds(6)),
    "the percentage-point rise from A to B": ast.Change("rise", True, A, B),
    "the percentage point fall from A to B": ast.Change("fall", True, A, B),
    "the number of A in the same Quarter of the year from 1 October 2012": ast.Count(
        select("A", ast.SamePeriod(Term("Quarter"), day("2012-10-01")))
    ),
    "the number of A among B per Prisoner between 1 May 2020 and B": ast.Count(
        select("A", ast.Among(Term("B")), ast.Per(Term("Prisoner")), ast.Between(day("2020-05-01"), B))
    ),
    "the weeks of A in the 3 months before B": ast.DaysOf("week", select("A", ast.Before(months(3), B))),
    "the total Days of A without B": ast.Total(Term("Days"), select("A", ast.Without(Term("B")))),
    "-£4,000": pounds(-4000),
    "£1.2m": pounds(1_200_000),
    "EUR 1,000.50": Money(Fraction("1000.5"), "EUR"),
    "€2bn": Money(Fraction(2 * 10**9), "EUR"),
    "7.5 per cent": Percent(Fraction(75, 1000)),
    "10 working days": Duration(Fraction(10), "day", working=True),
    "2020-05-01": day("2020-05-01"),
}


@pytest.mark.parametrize(("text", "node"), QUANTITIES.items(), ids=lambda x: str(x)[:50])
def test_a_quantity(text: str, node: ast.Expr) -> None:
    assert quantity(text) == node


@pytest.mark.parametrize(
    "text",
    [
        "outcome Work Done of a Person, when all of: (a) A occurs; and (b) B occurs; once",
        "outcome Work Done of the Person  when all of  (a) A occurs and (b) B occurs  once",
        "outcome Work Done of Person when all of: (a) A occurs, (b) B occurs, once",
    ],
)
def test_articles_and_punctuation_are_for_the_reader(text: str) -> None:
    assert clause(text) == clause("outcome Work Done of a Person when all of: (a) A occurs; and (b) B occurs; once")


def test_a_keyword_of_several_words_may_be_broken_over_lines_and_hold_an_article() -> None:
    assert clause("limit all payments to £5 in -- the\n the\torder A,\n B") == clause(
        "limit all payments to £5; in the order A, B"
    )


def test_curly_apostrophes_in_names_are_plain_ones() -> None:
    assert clause("provider Mayor’s Office") == clause("provider Mayor's Office")


def test_a_party_may_be_called_like_three_capitals() -> None:
    assert clause("commissioner MOJ") == ast.Party("commissioner", Term("MOJ"))


def test_every_node_knows_its_place() -> None:
    file, _ = parse(Source("p", '\ufeffpurpose "x"\r\n  payment Fee: A pays\r\n  Big  Co £5'))
    second = file.clauses[1]
    assert isinstance(second, ast.Payment)
    assert (second.span.line, second.span.column, second.span.end_line, second.span.end_column) == (2, 3, 3, 13)
    assert (second.payee.span.line, second.payee.span.column, second.payee.span.end_column) == (3, 3, 10)
    assert second.payee == Term("Big Co")
