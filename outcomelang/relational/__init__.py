"""The core as a relational plan: the same ledger from millions of rows, on an embedded engine or a cluster.

As it happened, in tables. A contract becomes a `Plan`: named stages, each one query over the log's relations and the
stages before it. `relations` says what stands in the tables that stages pass on, `plan` what a plan is; the queries are
built as SQLGlot trees, never as text, and written in the dialect of the engine that runs them. What the plan cannot say
is refused by name before anything runs.
"""
