"""Whom the versions for those who join from a day on reach: they may differ only in what each of these people earns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from outcomelang.core import ir
from outcomelang.core.weaving.stages import Found


@frozen
class Conflict:
    """Versions that do not fit together: what cannot be changed, or what reaches others than those who join."""

    message: str
    origin: ir.Origin
    reaches: bool = False
    label: str = "said otherwise"


Bodies = dict[str, list[tuple[ir.Node, list[int]]]]
"""By name: each body, with the versions in which it stands."""


@frozen
class Reach:
    """The versions of some people, each compared with everybody's of the same time."""

    contract: ir.Contract
    versions: Sequence[ir.Version]
    twins: Sequence[int]

    def flows(self, bodies: Bodies) -> Iterator[Conflict]:
        """Payments that differ for some people and are not theirs alone."""
        subjects = {outcome.name: outcome.subject for outcome in self.contract.outcomes}
        for name, found in bodies.items():
            for body, version in self._differing(found):
                assert isinstance(body, ir.Flow)
                if not self._alone(_subject(body, subjects), version):
                    yield self._said(name, version, body.origin)

    def outcomes(self, bodies: Bodies) -> Iterator[Conflict]:
        """Outcomes that differ for some people and are not theirs alone."""
        for name, found in bodies.items():
            if len(found) < 2:
                continue
            for body, version in self._differing(found):
                assert isinstance(body, ir.Outcome)
                if not self._alone(body.subject, version):
                    yield self._said(name, version, body.origin)

    def stages(self, gathered: Sequence[Found]) -> Iterator[Conflict]:
        """Limits that differ for some people and count what others earn; what has no people at all."""
        for found in gathered:
            for index, version in enumerate(self.versions):
                own, other = found.by_version.get(index), found.by_version.get(self.twins[index])
                if version.population is None or own == other:
                    continue
                stage = own or other
                assert stage is not None
                if not self._may_differ(stage, version):
                    yield self._said(_title(stage), version, stage.origin)

    def _differing(self, found: list[tuple[ir.Node, list[int]]]) -> Iterator[tuple[ir.Node, ir.Version]]:
        """The bodies that stand in a version of some people and not in that of everybody, or the other way round."""
        for index, version in enumerate(self.versions):
            if version.population is None:
                continue
            for body, where in found:
                if (index in where) != (self.twins[index] in where):
                    yield body, version

    def _may_differ(self, stage: ir.Stage, version: ir.Version) -> bool:
        match stage:
            case ir.MoneyLimit(per=per) | ir.CountLimit(per=per):
                return per is not None and self._alone(per, version)
            case ir.Replace() | ir.SetOff() | ir.Division() | ir.ShareOut() | ir.Withhold() | ir.Repay():
                return True
            case ir.Tier() | ir.FallAway() | ir.RoundEach() | ir.RoundTotal():
                return False

    def _alone(self, subject: ir.Subject, version: ir.Version) -> bool:
        """Whether a subject is one of the people, or something of one of them."""
        match subject:
            case ir.PerPerson(population=population):
                return population == version.population
            case ir.PerMember(member=member):
                return any(each.of == version.population for each in self.contract.members if each.name == member)
            case ir.PerRow():
                return True
            case ir.PerPeriod(of=of):
                return isinstance(of, ir.PerPerson) and of.population == version.population
            case ir.PerGroup(partition=partition):
                return self._on_one_side(partition, version)
            case ir.Whole() | ir.Pooled():
                return False

    def _on_one_side(self, name: str, version: ir.Version) -> bool:
        """Whether everybody in each row of a cohort joined before the day, or on it or later."""
        partition = next(each for each in self.contract.partitions if each.name == name)
        by_date = isinstance(partition.classifier, ir.ByValue) and partition.classifier.attribute is None
        if partition.of != version.population or not by_date or version.joined_from is None:
            return False
        return all(_one_side(row.bounds, version.joined_from) for row in partition.rows)

    def _said(self, name: str, version: ir.Version, origin: ir.Origin) -> Conflict:
        population = next(each.plural for each in self.contract.populations if each.name == version.population)
        return Conflict(
            f"{name} would change with amendment {version.amendment} for some {population} and not for others, and it "
            "is not of each of them alone.",
            origin,
            reaches=True,
        )


def _subject(flow: ir.Flow, subjects: dict[str, ir.Subject]) -> ir.Subject:
    match flow.driver:
        case ir.EachAchievement(outcome=outcome):
            return subjects[outcome]
        case ir.EachRow(select=select):
            return ir.PerRow(select.of.event) if isinstance(select.of, ir.Rows) else flow.subject
        case ir.OneEach() | ir.EachUnit() | ir.EachInPlan():
            return flow.subject


def _title(stage: ir.Stage) -> str:
    match stage:
        case ir.MoneyLimit(title=title):
            return f"The {title}"
        case ir.CountLimit(flows=flows):
            return f"The limit on {' and '.join(flows)}"
        case ir.FallAway(title=title):
            return title
        case ir.Tier(table=table):
            return table
        case ir.Replace(flow=flow) | ir.SetOff(flow=flow) | ir.Division(flow=flow):
            return flow
        case ir.RoundEach() | ir.RoundTotal() | ir.ShareOut() | ir.Withhold() | ir.Repay():
            return "The order of calculation"


def _one_side(bounds: ir.Bounds | None, day: date) -> bool:
    if bounds is None:
        return False
    first = bounds.first.value if bounds.first is not None else None
    last = bounds.last.value if bounds.last is not None else None
    later = isinstance(first, date) and first >= day
    earlier = isinstance(last, date) and (last < day or (last == day and not bounds.last_included))
    return later or earlier
