"""What is earned, person by person: the reference's own earning over a log that stands in an engine.

Where the plan cannot say a contract in queries, an engine still reads the log, checks it and puts it in order. Whole
people at a time come back from it, the reference earns what is theirs, and the account goes on from relations as it
does after a plan. `locality` says of which contracts this holds: nothing that is asked for somebody may look at
anybody else.
"""
