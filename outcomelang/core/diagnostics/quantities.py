"""Quantities: what cannot be reckoned together, and what a number would have to be."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

QUANTITIES = (
    Mistake(
        "OL112",
        "unlike-quantities",
        "Money, numbers, percentages, points, dates and lengths of time are different things; so are "
        "days and months, because months differ in length.",
        "define Sum as £30 plus the Offences Seen",
        "define Sum as £30 plus (£10 times the Offences Seen)",
    ),
    Mistake(
        "OL113",
        "percent-of-a-percentage",
        "“10% below 58%” could be 52.2% or 48%. In one real contract the two readings differed by £1,250,000.",
        "outcome Fall of a Year, when Offence Rate is at least 10% below 58%",
        "outcome Fall of a Year, when Offence Rate is at least 10 percentage points below 58%",
    ),
    Mistake(
        "OL114",
        "points-of-no-percentage",
        "Percentage points are the distance between two percentages; between two numbers the change is relative.",
        "define Drop as the percentage-point fall from 40 to the Offences Seen",
        "define Drop as the percentage fall from 40 to the Offences Seen",
    ),
    Mistake(
        "OL115",
        "product-of-two-unknowns",
        "If both sides of a product are known only afterwards, nobody can say in advance what the contract can cost.",
        "define Weight as the Offences Seen times the number of Reviews",
        "define Weight as the Offences Seen times the number of Clients",
    ),
    Mistake(
        "OL116",
        "other-currency",
        "A contract pays in one currency, and it contains no rate of exchange.",
        "payment Start Fee: the Council pays the Provider $30 for each Job Start",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL117",
        "amount-is-not-money",
        "Nobody can pay a number or a bare percentage; what is paid is an amount of money.",
        "payment Start Fee: the Council pays the Provider 30 for each Job Start",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL118",
        "unit-is-no-number",
        "What a payment is counted by is a number of something; percentages are counted in percentage points.",
        "payment Rate Fee: the Council pays the Provider £30 for each Offence Rate",
        "payment Rate Fee: the Council pays the Provider £30 for each whole percentage point of the Offence Rate",
    ),
    Mistake(
        "OL119",
        "parts-unsaid",
        "Where the number of units need not be whole, it must be said whether a part of one is paid.",
        "payment Rate Fee: the Council pays the Provider £100 for each percentage point of the Offence Rate",
        "payment Rate Fee: the Council pays the Provider £100 for each whole percentage point of the Offence Rate",
    ),
    Mistake(
        "OL120",
        "parts-of-a-thing",
        "People and events are whole; there are no parts of them to pay in proportion.",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start, parts in proportion",
        "payment Start Fee: the Council pays the Provider £30 for each Job Start",
    ),
    Mistake(
        "OL121",
        "contract-value-missing",
        "A share of the contract's value needs the value.",
        "payment Core Fee: the Council pays the Provider 65% of the Contract Value",
        "value £1,200,000\npayment Core Fee: the Council pays the Provider 65% of the Contract Value",
    ),
    Mistake(
        "OL122",
        "share-of-everything",
        "The proportion of all of them is always 100%: it says nothing.",
        "define Share as the proportion of Clients",
        "define Share as the proportion of Clients with a Job",
    ),
    Mistake(
        "OL123",
        "list-too-short",
        "A list that asks for more than it has can never be met.",
        "outcome Good of a Client, once, when at least 3 of: (a) Job Start occurs; or (b) Review occurs",
        "outcome Good of a Client, once, when at least 1 of: (a) Job Start occurs; or (b) Review occurs",
    ),
    Mistake(
        "OL191",
        "figure-is-no-number",
        "A figure is compared, multiplied and paid by, so it is a number, an amount, a percentage or a date.",
        "figure Price Index in each Quarter, reported by HMRC",
        "figure Price Index in each Quarter, reported by HMRC, as a number",
    ),
    Mistake(
        "OL192",
        "survey-incomplete",
        "If only those who are content are heard, one answer in a hundred decides what is paid.",
        "figure Wellbeing of each Year, answered by Clients, asked by the Provider, as a number",
        "figure Wellbeing of each Year, answered by Clients, asked by the Provider, valid when at least 60% answer, "
        "as a number",
    ),
    Mistake(
        "OL193",
        "survey-of-others",
        "A figure is answered by those of whom it is said; the answers of others do not belong to it.",
        "participant Carer, joins on Review, once\n"
        "figure Wellbeing of each Year, answered by Carers, asked by the Provider, valid when at least 60% answer, "
        "as a number",
        "figure Wellbeing of each Year, answered by Clients, asked by the Provider, valid when at least 60% answer, "
        "as a number",
    ),
)
