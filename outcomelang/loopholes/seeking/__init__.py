"""What the fixed probes of rules pass by: histories changed at the lines of a contract, in a random order with a seed.

A seeker belongs to one rule and speaks of what that rule speaks of, with its guards. It proposes trials: pairs of
histories the first of which must not pay more. `seek` tries as many as a budget allows and tells what it found as the
rule would.
"""
