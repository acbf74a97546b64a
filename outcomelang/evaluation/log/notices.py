"""What is told about a log that can be used: none of these stops an evaluation."""

from __future__ import annotations

from outcomelang.evaluation.log.errors import Fault

NOT_ENTITLED = Fault(
    "OL341",
    "source-not-entitled",
    "does not count: its source is not named in `recorded by`, `verified by` or `evidenced by`",
    "Let the right party report it, or name this party in the contract",
    "Only those whom the agreement names can report an event. The row stays in the log and changes nothing.",
)
RECORDED_BEFORE = Fault(
    "OL342",
    "recorded-before-it-happened",
    "became known before the day on which it is said to have happened",
    "Check both days of the row",
    "A plan can be recorded early, a fact cannot. The row counts as it stands.",
)
VERDICT_NOT_ENTITLED = Fault(
    "OL343",
    "verdict-not-entitled",
    "does not count: its source does not verify that event",
    "Let the party named in `verified by` give the verdict",
    "Only the verifier whom the agreement names can make a fact payable.",
)
VERDICT_ON_NOTHING = Fault(
    "OL344",
    "verdict-on-missing-row",
    "changes nothing: the row it speaks about is not in the log",
    "Check the id in the column `verifies`, and that every file was named",
    "A verdict on a row that was never delivered may mean that a file is missing.",
)
CORRECTED_PERSON = Fault(
    "OL345",
    "correction-changes-participant",
    "corrects a row of another participant",
    "Check that the id was not used twice for two different facts",
    "A correction of the participant is possible, but the same id given to two people by mistake looks just like it, "
    "and then one of the two facts is lost.",
)

NOTICES: tuple[Fault, ...] = (NOT_ENTITLED, RECORDED_BEFORE, VERDICT_NOT_ENTITLED, VERDICT_ON_NOTHING, CORRECTED_PERSON)
"""What is told about a log that can be used: none of these stops an evaluation."""
