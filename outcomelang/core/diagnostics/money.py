"""Money: shares, limits, rounding."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

MONEY = (
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
        "Where a payment can come to a fraction of a penny, the rule of rounding decides who keeps it, "
        "and two systems disagree.",
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
        "OL148",
        "fraction-of-a-penny",
        "Totals, limits and the contract's value are whole pence; only a price of one unit may be finer.",
        "value £1,000.005",
        "value £1,000.01",
    ),
    Mistake(
        "OL136",
        "negative-amount",
        "Money that flows back is a repayment, and the contract calls it so.",
        "payment Penalty: the Council pays the Provider -£30 for each Offence",
        "repayment Penalty: the Provider repays the Council £30 for each Offence",
    ),
    Mistake(
        "OL139",
        "odd-pennies-unsaid",
        "If every share of a payment is rounded by itself, the shares come to a penny more or less than the payment.",
        "rounding each amount to the nearest penny, half up\n"
        "joint Payers: Council 70%, Provider 30%\n"
        "payment Start Fee: the Payers pay HMRC the Plan Value for each Referral",
        "rounding each amount to the nearest penny, half up\n"
        "joint Payers: Council 70%, Provider 30%; odd pennies to Council\n"
        "payment Start Fee: the Payers pay HMRC the Plan Value for each Referral",
    ),
    Mistake(
        "OL227",
        "order-of-limits",
        "Two limits on the same payments work in the order of the text: what the first has taken, the second does not "
        "see. A limit on few payments is written before one on many, unless the other is meant.",
        "limit all payments to £1,500 for each Client; earliest first; the excess is not paid\n"
        "limit Job Fees to £500 for each Client; earliest first; the excess is not paid",
        "limit Job Fees to £500 for each Client; earliest first; the excess is not paid\n"
        "limit all payments to £1,500 for each Client; earliest first; the excess is not paid",
    ),
    Mistake(
        "OL149",
        "monitored-outcome-paid",
        "An outcome that is only watched, to see that the paid ones do no harm, has no price.",
        "outcome Work of a Client, when Job Start occurs, once, monitor only\n"
        "payment Work Fee: the Council pays the Provider £30 for each Work",
        "outcome Work of a Client, when Job Start occurs, once\n"
        "payment Work Fee: the Council pays the Provider £30 for each Work",
    ),
    Mistake(
        "OL182",
        "guarantee-without-consequence",
        "A promise of numbers from which nothing follows protects nobody.",
        "guarantee Volume: the Council guarantees 100 Referrals",
        "guarantee Volume: the Council guarantees 100 Referrals; each pays the Provider £50 for each Referral short",
    ),
    Mistake(
        "OL183",
        "guarantee-without-scope",
        "Read one by one or all together, the same sentence pays different sums.",
        "commissioner North\ncommissioner South\nguarantee Volume: North guarantees 10 Referrals; "
        "South guarantees 20 Referrals; each pays the Provider £50 for each Referral short",
        "commissioner North\ncommissioner South\nguarantee Volume: North guarantees 10 Referrals; "
        "South guarantees 20 Referrals; counted by Area; each pays the Provider £50 for each Referral short",
    ),
    Mistake(
        "OL184",
        "division-leaves-a-rest",
        "What is divided goes somewhere to the last penny: one party has the rest.",
        "party Partner\ndivide Job Fee: £600 of each to the Partner",
        "party Partner\ndivide Job Fee: £600 of each to the Partner, the rest to the Provider",
    ),
    Mistake(
        "OL194",
        "price-outside-a-payment",
        "A price that follows an index, or changes when so much was paid, is a price only where something is paid.",
        "table Start Price until £400 has been paid, £50; then £20\n"
        "payment Start Fee: the Council pays the Provider £30 for each Job Start, when Start Price is above £20",
        "table Start Price until £400 has been paid, £50; then £20\n"
        "payment Start Fee: the Council pays the Provider the Start Price for each Job Start",
    ),
    Mistake(
        "OL195",
        "no-index",
        "A price follows an index from year to year: there is a number for each period, and one before the first step.",
        "rounding each amount to the nearest penny, half up\n"
        "figure Price Index, reported by HMRC, as a number\n"
        "payment Start Fee: the Council pays the Provider £30 for each Job Start, "
        "indexed by Price Index from 1 April 2026",
        "rounding each amount to the nearest penny, half up\n"
        "period Index Year is every 12 months from 1 April 2025\n"
        "figure Price Index in each Index Year, reported by HMRC, as a number\n"
        "payment Start Fee: the Council pays the Provider £30 for each Job Start, "
        "indexed by Price Index from 1 April 2026",
    ),
    Mistake(
        "OL196",
        "nothing-to-carry-into",
        "An excess is carried into the next period of a limit; a limit that holds once has no next period.",
        "limit all payments to £10,000; earliest first; the excess is carried forward",
        "limit all payments to £10,000 in each Quarter by date achieved; earliest first; the excess is carried forward",
    ),
    Mistake(
        "OL197",
        "share-of-what-is-paid",
        "A limit at a share of what is paid names the payment of which it is a share.",
        "limit Job Fees to £3,000 paid; earliest first; the excess is not paid",
        "rounding each amount to the nearest penny, half up\n"
        "limit Job Fees to 20% of the Rate Card paid; earliest first; the excess is not paid",
    ),
    Mistake(
        "OL198",
        "limit-in-a-circle",
        "If a limit is a share of what it bounds, nobody can work out either.",
        "rounding each amount to the nearest penny, half up\n"
        "limit Job Fees to 20% of Job Fees paid; earliest first; the excess is not paid",
        "rounding each amount to the nearest penny, half up\n"
        "limit Job Fees to 20% of the Rate Card paid; earliest first; the excess is not paid",
    ),
)
