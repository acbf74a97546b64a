"""As it could be gamed: named loopholes, each with a history that the evaluator replays, or a proof.

`find` looks for all of them. A rule (`rules/`, one file each) sees the core and never the text; it asks a `Study` what
is paid in which history, and says what it found as `Finding`s. A finding whose history does not pay what it claims is
a fault of the rule: it is never shown.
"""
