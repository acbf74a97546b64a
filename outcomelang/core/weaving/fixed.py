"""What has an identity in time, and what of it no version may say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from outcomelang.core import ir
from outcomelang.core.weaving.reach import Bodies, Conflict
from outcomelang.core.weaving.stages import Found, bounded


def one_outcome(results: Bodies) -> Iterator[Conflict]:
    """Outcomes of others under the old name, with another part, or of which a log would speak in another way."""
    for name, found in results.items():
        first = cast(ir.Outcome, found[0][0])
        for body, _ in found[1:]:
            words = cast(ir.Outcome, body)
            if words.subject != first.subject:
                message = f"{name} would be of others than before: who achieved it already could not be told."
                yield Conflict(message, body.origin, label="another name is needed")
            elif (words.partly, words.part_of, words.logged) != (first.partly, first.part_of, first.logged):
                message = f"{name} would have another lesser success or another name in the log than before."
                yield Conflict(message, body.origin, label="another name is needed")
        yield from _one_word(name, [cast(ir.Outcome, body) for body, _ in found])


def one_payment(flows: Bodies) -> Iterator[Conflict]:
    """Payments that turn round, and instalments by another plan."""
    for name, found in flows.items():
        signed = cast(ir.Flow, found[0][0])
        for body, _ in found[1:]:
            flow = cast(ir.Flow, body)
            if flow.repays != signed.repays or flow.instalments != signed.instalments:
                message = f"{name} would be paid by another plan: which parts were paid already could not be told."
                yield Conflict(message, flow.origin, label="another name is needed")
        yield from _one_word(name, [cast(ir.Flow, body) for body, _ in found])


def _one_word(name: str, found: Sequence[ir.Outcome | ir.Flow]) -> Iterator[Conflict]:
    """Who has the word on something: a row of the log says it, and what it counts for is the same at any time."""
    by: dict[str, tuple[str, ...]] = {}
    for each in found:
        for ruling in each.rulings:
            if by.setdefault(ruling.kind, ruling.by) != ruling.by:
                message = f"{name} would be {ruling.kind} by others than before: which rows count could not be told."
                yield Conflict(message, each.origin, label="another name is needed")


def accounts(stages: Sequence[Found], flows: Bodies, versions: int) -> Iterator[Conflict]:
    """Stages whose account of what came before has no exact reading under other terms."""
    yield from islice(_tiers(stages, flows), 1)  # each version's table says the same once more
    for found in stages:
        stage = next(iter(found.by_version.values()))
        if isinstance(stage, ir.MoneyLimit | ir.CountLimit) and len(bounded(found, versions)) > 1:
            yield from _of_limit(stage)


def _tiers(stages: Sequence[Found], flows: Bodies) -> Iterator[Conflict]:
    """Prices until so much has been paid: what counts towards it are all payments of that name at any time."""
    for found in stages:
        stage = next(iter(found.by_version.values()))
        if isinstance(stage, ir.Tier):
            paying = {version for name in stage.flows for _, own in flows[name] for version in own}
            if not paying <= set(found.by_version):
                message = f"{stage.table} holds for a part of the time only: how much was paid under it"
                yield Conflict(f"{message} could not be told.", stage.origin, label="another name is needed")


def _of_limit(stage: ir.MoneyLimit | ir.CountLimit) -> Iterator[Conflict]:
    title = f"The {stage.title or 'limit on ' + ' and '.join(stage.flows)}"
    if stage.excess is ir.Excess_.CARRIED:
        message = (
            f"{title} carries forward: whether what waits comes under the old or the new amount could not be told."
        )
        yield Conflict(message, stage.origin, label="carried forward")
    elif isinstance(stage, ir.MoneyLimit) and stage.share_of:
        message = f"{title} is a share of what was paid: of which payments it is the old share could not be told."
        yield Conflict(message, stage.origin, label="a share of what was paid")
