"""Histories made from a contract alone: who joins, what happens, and what the contract then pays.

Here stands what could happen. A history is a small event log that nobody recorded; the reference evaluator says what
it pays, and `evaluate` says the same of the file that it can be written to. Bounds and loopholes are shown by them.
"""
