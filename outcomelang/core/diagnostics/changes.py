"""Variants, amendments, reviews, examples, and what is not carried out yet."""

from __future__ import annotations

from outcomelang.surface.catalogue import Mistake

CHANGES = (
    Mistake(
        "OL170",
        "base-not-found",
        "A variant changes another contract, and that contract is read from the file it names.",
        'contract "Variant" based on "nowhere.outcome"',
        'contract "Variant" based on "ground.outcome"',
    ),
    Mistake(
        "OL171",
        "base-in-a-circle",
        "Two contracts that are each based on the other have no beginning.",
        'contract "Variant" based on "itself.outcome"',
        'contract "Variant" based on "ground.outcome"',
    ),
    Mistake(
        "OL172",
        "change-without-base",
        "A change is made to something: to the contract that this one is based on, or by an amendment.",
        "change Job Fee to £1,200",
        "payment Second Fee: the Council pays the Provider £1,200 for each Job",
    ),
    Mistake(
        "OL173",
        "nothing-to-change",
        "A change to what the base does not contain changes nothing.",
        'contract "Variant" based on "ground.outcome"\nchange Late Fee to £1,200',
        'contract "Variant" based on "ground.outcome"\nchange Job Fee to £1,200',
    ),
    Mistake(
        "OL174",
        "change-does-not-fit",
        "A change that puts one kind of thing in the place of another changes nothing: an amount replaces an amount, a "
        "condition a condition.",
        'contract "Variant" based on "ground.outcome"\nchange Job Fee to once',
        'contract "Variant" based on "ground.outcome"\nchange Job Fee to £1,200',
    ),
    Mistake(
        "OL175",
        "amendment-out-of-order",
        "Amendments stand in the order of their numbers and days, so that each changes what the earlier ones left.",
        "amendment 2 effective 1 April 2026\nchange Job Fee to £1,200\n"
        "amendment 1 effective 1 April 2027\nchange Job Fee to £1,300",
        "amendment 1 effective 1 April 2026\nchange Job Fee to £1,200\n"
        "amendment 2 effective 1 April 2027\nchange Job Fee to £1,300",
    ),
    Mistake(
        "OL176",
        "amendment-outside-term",
        "An amendment takes effect on a day of the term.",
        "amendment 1 effective 1 April 2029\nchange Job Fee to £1,200",
        "amendment 1 effective 1 April 2026\nchange Job Fee to £1,200",
    ),
    Mistake(
        "OL177",
        "amendment-cannot-change",
        "Who takes part, what is recorded, the money and the dates of a contract have one meaning for all its time.",
        "amendment 1 effective 1 April 2026\ninsert claims up to and including 30 June 2029",
        "amendment 1 effective 1 April 2026\nchange Job Fee to £1,200",
    ),
    Mistake(
        "OL178",
        "amendment-reaches-others",
        "An amendment for those who join from a day on changes only what each of them earns.",
        "amendment 1 effective 1 April 2026, for Clients joining on or after that date\n"
        "insert payment Desk Fee: the Council pays the Provider £100 in each Quarter",
        "amendment 1 effective 1 April 2026\n"
        "insert payment Desk Fee: the Council pays the Provider £100 in each Quarter",
    ),
    Mistake(
        "OL179",
        "too-many-versions",
        "Each version of an amended contract is checked as a contract of its own, and nobody can check thousands.",
        "\n".join(f"amendment {number} effective 1 April 2026" for number in range(1, 201)),
        "\n".join(f"amendment {number} effective 1 April 2026" for number in range(1, 3)),
    ),
    Mistake(
        "OL186",
        "not-in-a-review",
        "A review beside a contract is no part of the agreement: what is owed stands in the contract, where both sides "
        "read it. A review holds accept, assume, cost and benefit.",
        "payment Second Fee: the Council pays the Provider £30 for each Job",
        "cost £30 for each Job",
        in_review=True,
    ),
    Mistake(
        "OL180",
        "given-does-not-fit",
        "An example of what no log could hold proves nothing of what will be paid.",
        'example "One plan"\n'
        '  given Client "A"\n'
        '    1 May 2025 Referral, Area "North", Plan Value £10\n'
        '  given 2 Referrals with Area one of "North", "South"\n'
        "  expect total nothing",
        'example "One plan"\n'
        '  given Client "A"\n'
        '    1 May 2025 Referral, Area "North", Plan Value £10\n'
        '  given 2 Referrals with Area "North"\n'
        "  expect total nothing",
    ),
    Mistake(
        "OL181",
        "line-unknown",
        "An example that expects an amount on a line that no statement has proves nothing: lines are payments, and the "
        "outcomes of a rate card.",
        'example "None"\n  given 2 Jobs\n  expect\n    Job £2,000\n    total £2,000',
        'example "None"\n  given 2 Jobs\n  expect\n    Job Fee £2,000\n    total £2,000',
    ),
    Mistake(
        "OL187",
        "example-of-nobody",
        "An example that expects nothing of somebody who is not there, or gives something to nobody, always passes and "
        "proves nothing.",
        'example "None"\n  given 2 Jobs\n  expect\n    Job Fee £2,000\n    Job Fee "HRMC" nothing\n    total £2,000',
        'example "None"\n  given 2 Jobs\n  expect\n    Job Fee "Council" £2,000\n    total £2,000',
    ),
    Mistake(
        "OL190",
        "not-supported-yet",
        "The clause is well written and its meaning is settled, but it is not carried out yet; it is "
        "refused, never ignored.",
        "limit Jobs to 3 for each Client; in proportion; the excess is not paid",
        "limit Jobs to 3 for each Client; earliest first; the excess is not paid",
    ),
)
