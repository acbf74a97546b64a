"""Loopholes planted in a scheme that no rule was written for: each is found, and its look-alike is not."""

from __future__ import annotations

from datetime import date

import pytest

from outcomelang.compiler import compile_text
from outcomelang.loopholes.rules import RULES
from outcomelang.loopholes.search import find

SOUND = """contract "Fresh Air"
purpose "To help people who smoke to stop for good"
commissioner Health Board
provider Clinic
assessor Laboratory independent
party Surgery
currency GBP
term beginning on 1 April 2025 and ending on 31 March 2029
claims up to and including 31 March 2030
rounding each amount to the nearest penny, half up

participant Smoker, joins on Referral between 1 April 2025 and 31 March 2027, once, selected by the Surgery, up to 500

cohort Year of a Smoker, by date of Referral
  "First"   from 1 April 2025 to 31 March 2026
  "Second"  from 1 April 2026 to 31 March 2027

comparison Control Group for each Year, where Arm is "control", by lottery, chosen by the Laboratory

event Referral of a Smoker is an input, recorded by the Surgery, has Arm as a label
event Clear Test of a Smoker is an outcome, recorded by the Laboratory, more is better, observed until 31 March 2030
event Failed Test of a Smoker is an outcome, recorded by the Laboratory, fewer is better, observed until 31 March 2030
event Cough of a Smoker is an outcome, recorded by the Surgery, fewer is better, observed until 31 March 2030

state Smoke Free beginning on Clear Test and ending the day before Failed Test, more is better

outcome Quit of a Smoker
  when Smoke Free begun after Referral reaches 13 weeks without a break
  within 10 months of Referral
  once
outcome Cough Kept of a Smoker
  when a Cough occurs in the 12 months after Referral
  once
  monitor only

define Quitter of each Year as the number of Quits
define Expected Quitter of each Year as
  the number of Quits per Smoker among the Control Group times the number of Smokers
define Added Quitter of each Year as the excess of Quitters over Expected Quitters

payment Quit Fee: the Health Board pays the Clinic £900 for each Added Quitter, parts in proportion
"""

PLANTED = {
    "OC01": "payment Welcome Fee: the Health Board pays the Clinic £300 for each Smoker\n",
    "OC04": "event Calm Report of a Smoker is an outcome, recorded by the Clinic, more is better\n"
    "outcome Calm of a Smoker\n  when a Calm Report occurs in the 12 months after Referral\n  once\n"
    "payment Calm Fee: the Health Board pays the Clinic £200 for each Calm\n",
    "OC08": "define Quit Rate as the proportion of Smokers with a Quit\n"
    "define Base Rate as the proportion of Smokers among the Control Group with a Quit\n"
    "outcome Good Clinic\n  when the Quit Rate is at least 35%\n  once\n"
    "payment Bonus: the Health Board pays the Clinic £200,000 for each Good Clinic\n",
    "OC09": "outcome First Clear Test of a Smoker\n"
    "  when a Clear Test occurs in the 12 months after Referral\n  once\n"
    "outcome Lungs Clear of a Smoker\n"
    "  when the number of Clear Tests in the 6 months after Referral is at least 1\n  once\n"
    "payment Clear Fee: the Health Board pays the Clinic £100 for each First Clear Test\n"
    "payment Lung Fee: the Health Board pays the Clinic £80 for each Lungs Clear\n",
    "OC10": "outcome Clean Half Year of a Smoker\n  when no Failed Test occurs in the 6 months after Referral\n  once\n"
    "payment Clean Fee: the Health Board pays the Clinic £400 for each Clean Half Year\n",
    "OC14": "limit Quit Fee to £100,000; in proportion; the excess is not paid\n"
    "payment Quit Prize: the Health Board pays the Clinic £10 for each Quit\n"
    "limit all payments to £100,000; in proportion; the excess is not paid\n",
    "OC25": "define Quit Balance as the number of Quits less 100\n"
    "payment Balance Fee: the Health Board pays the Clinic £500 times the Quit Balance\n",
    "OC26": "payment Advance: the Health Board pays the Clinic £200,000, in advance\n",
    "OC38": "define Quit Number as the number of Quits\n"
    "table Volume Price by Quit Number\n  below 100  £100\n  from 100   £60\n"
    "payment Volume Fee: the Health Board pays the Clinic the Volume Price for each Quit Number\n",
    "OC47": "event Home Visit of a Smoker is an outcome, recorded by the Surgery, verified by the Health Board,\n"
    "  more is better\n"
    "outcome Visited of a Smoker\n  when a Home Visit occurs in the 6 months after Referral\n  once\n"
    "payment Visit Fee: the Health Board pays the Clinic £50 for each Visited\n",
}


def found(text: str) -> set[str]:
    report = find(compile_text(text).core, RULES, date(2026, 1, 1))
    assert report.faults == ()
    return {loophole.rule.code for loophole in report.loopholes}


def test_the_sound_scheme_has_none() -> None:
    assert found(SOUND) == set()


@pytest.mark.parametrize("code", [code for code in PLANTED if code in {rule.code for rule in RULES}])
def test_a_planted_loophole_is_found(code: str) -> None:
    assert code in found(SOUND + PLANTED[code])
