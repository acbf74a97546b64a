"""What an event log says of the symbols of a formula, and whether the formula then gives what the evaluator pays.

`counting.py` reads the values of symbols from units before limits, as the reference evaluator makes them;
`agreement.py` puts them into the formulas and compares with the account.
"""
