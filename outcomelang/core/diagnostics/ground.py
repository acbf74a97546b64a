"""The contracts on which the catalogue's clauses stand."""

from __future__ import annotations

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
  "Later" from 1 April 2026 to 31 March 2027
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
