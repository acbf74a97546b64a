"""The stages of the account as queries over the relation of drafts, as far as sets can say them.

`compiled` goes through the stages of a contract; what one of them does stands in a module of its own. A stage that is
not set-based, or a check that fails on the drafts of a log, hands the account over to the sequential fold
(`relational.fold`).
"""
