"""A small contract that several tests write on: a fee for each person who starts, another for each in a home."""

HEAD = """contract "Homes that last"
commissioner Council
"""
BODY = """provider Charity
currency GBP
term beginning on 1 April 2024 and ending on 31 March 2026
claims up to and including 30 September 2026
participant Person (People), joins on Referral between 1 April 2024 and 31 March 2025, once, selected by the Council,
  up to {people}
event Referral of a Person is an input, recorded by the Council
event Moving In of a Person is an outcome, recorded by the Council, more is better
outcome Housed of a Person
  when a Moving In occurs
  within 6 months of Referral
  once
payment Start Fee: the Council pays the Charity £100 for each Person
payment Home Fee: the Council pays the Charity £900 for each Housed
"""


def homes(*clauses: str, head: str = HEAD, people: int = 100) -> str:
    """With further clauses at its end."""
    return "".join((head, BODY.format(people=people), *(f"{clause}\n" for clause in clauses)))
