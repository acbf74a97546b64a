"""Which question each part of a clause answers: two parts that answer one question cannot both count."""

from __future__ import annotations

from typing import assert_never

from outcomelang.surface import ast

Modifier = (
    ast.ParticipantModifier
    | ast.GroupModifier
    | ast.ComparisonModifier
    | ast.FigureModifier
    | ast.StateModifier
    | ast.OutcomeModifier
    | ast.PaymentModifier
    | ast.LimitModifier
    | ast.StraightLine
    | ast.CountedBy
    | ast.Shortfall
)


def question(modifier: Modifier) -> str | None:  # noqa: C901
    """The question that a part of a clause answers; None for parts that add up."""
    match modifier:
        case ast.Cite():
            return "where it stands in the agreement"
        case ast.Once() | ast.AgainAfter() | ast.UpToTimes() | ast.EachOnce() | ast.EachTime():
            return "how often it counts"
        case ast.JoinsOn() | ast.JoinsOnFirstRow():
            return "on which event one joins"
        case ast.SelectedBy() | ast.ChosenBy():
            return "who chooses"
        case ast.UpToPeople():
            return "how many there can be"
        case ast.SetBy() | ast.ByDate() | ast.ByMeasure() | ast.ReadFrom():
            return "who or what decides the group"
        case ast.Where():
            return "who is meant"
        case ast.By():
            return "by which method"
        case ast.RecordedBy():
            return "who records it"
        case ast.VerifiedBy():
            return "who verifies it"
        case ast.Silence():
            return "what silence means"
        case ast.EvidencedBy():
            return "what is the evidence"
        case ast.Better():
            return "whether more or fewer is better"
        case ast.ObservedUntil():
            return "until when it is observed"
        case ast.AsKind():
            return "what kind of value it is"
        case ast.AnsweredBy():
            return "who answers"
        case ast.AskedBy():
            return "who asks"
        case ast.ValidWhen():
            return "when it is valid"
        case ast.MatchedBy():
            return "by what beginning and end are matched"
        case ast.When():
            return "when it is achieved"
        case ast.PartlyWhen():
            return "when it is partly achieved"
        case ast.Within() | ast.BeginningWith() | ast.BeforeDay():
            return "until when it can be achieved"
        case ast.AfterOutcome():
            return "after which outcome it counts"
        case ast.IsTemplate():
            return "which outcome of a library it is"
        case ast.DecidedBy():
            return "who decides"
        case ast.MonitorOnly():
            return "that it is monitored only"
        case ast.Maintenance():
            return "that it is maintenance"
        case ast.Indexed():
            return "by what it is indexed"
        case ast.StraightLine():
            return "what holds between points"
        case ast.ClaimedWithin():
            return "by when it is claimed"
        case ast.DueAfter():
            return "when it is due"
        case ast.WithheldUntil():
            return "until when it is withheld"
        case ast.PartsInProportion():
            return "what is paid for parts"
        case ast.UpToAmountPaid():
            return "how much is repaid at most"
        case ast.ShownBy():
            return "by what its lines are shown"
        case ast.ForEachSubject():
            return "for whom it holds"
        case ast.InEachPeriod():
            return "in which period it holds"
        case ast.EarliestFirst() | ast.InTheOrder() | ast.InProportion() | ast.FromTheTotal():
            return "in what order the limit is shared out"
        case ast.ExcessNotPaid() | ast.ExcessPaidBy() | ast.ExcessCarriedForward():
            return "what happens to the excess"
        case ast.CountedBy():
            return "by what it is counted"
        case ast.Shortfall():
            return "what is paid for each one short"
        case ast.Logged() | ast.With() | ast.Without() | ast.StacksWith() | ast.InsteadOf() | ast.LessAny():
            return None
        case _:
            assert_never(modifier)
