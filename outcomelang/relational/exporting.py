"""A plan as a text of statements, for people who run it in a warehouse of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from sqlglot import exp

from outcomelang.core import ir
from outcomelang.relational.account.compiled import SetBased
from outcomelang.relational.account.ledger import Steps, steps
from outcomelang.relational.attributes import attribute_columns
from outcomelang.relational.book import LAST
from outcomelang.relational.plan import Plan, Stage
from outcomelang.relational.primitives import Dialect, written
from outcomelang.relational.relations import ROWS, VERDICTS, Column
from outcomelang.relational.running import creation

WIDTH = 112


def statements(contract: ir.Contract, plan: Plan, as_of: date, dialect: Dialect) -> str:
    """Every stage under its name, with what it is for and the clause that it comes from; then the account, as far as
    sets can say it."""
    asked = steps(contract, as_of.toordinal(), plan.stages)
    lines = [*_head(contract, as_of, asked)]
    for stage in (*asked.plan, *asked.own):
        lines += ["", *_comment(_said(contract, stage)), f"{_statement(stage, dialect)};"]
        if dialect == "spark" and stage.read > 1:
            name = exp.to_identifier(stage.relation.name, quoted=True)
            lines.append(f"{written(exp.Cache(this=exp.Table(this=name)), dialect)};")
    if isinstance(asked.found, SetBased):
        lines += _checked(asked.found, dialect)
    return "\n".join(lines) + "\n"


def _head(contract: ir.Contract, as_of: date, asked: Steps) -> Iterator[str]:
    yield from _comment(
        f"{contract.title}: the account as of {as_of.isoformat()}. The agreement governs, not this text."
    )
    yield from _comment("Before the first statement two relations stand there, with every version of every row:")
    yield from _columns("rows", (*ROWS, *attribute_columns(contract)))
    yield from _columns("verdicts", VERDICTS)
    yield from _comment("Among what the statements make: " + ", ".join(f"“{name}”" for name in LAST[:3]) + ".")
    if isinstance(asked.found, SetBased):
        yield from _comment(
            f"“{asked.found.state.name}” has every entry: amount_n over amount_d, in minor units, is what is due."
        )
    else:
        earned = "“drafts” is what is earned, before limits and rounding; what is due of it, no query says"
        yield from _comment(f"{earned}: {asked.found.why}.")


def _checked(found: SetBased, dialect: Dialect) -> Iterator[str]:
    """What has to be looked at before the entries are used."""
    if found.checks:
        yield ""
        yield from _comment(
            "Each of these gives no row; else entries are not right, and “outcomelang evaluate” has them."
        )
    for check in found.checks:
        yield ""
        yield from _comment(f"A row says that {check.why}.")
        yield f"{written(check.query, dialect, pretty=True)};"


def _columns(name: str, columns: tuple[Column, ...]) -> Iterator[str]:
    held = ", ".join(f"{column.name} {column.type.value}" for column in columns)
    yield from _comment(f"{name}: {held}")


def _comment(text: str) -> list[str]:
    """A text that a contract may have written, as comments: no line of it can be anything else."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return [f"-- {line}" for line in wrap(plain, WIDTH)]


def _said(contract: ir.Contract, stage: Stage) -> str:
    clause = f"Clause {stage.clause}. " if stage.clause else ""
    return f"{clause}{stage.comment}. {_english(contract, stage.relation.name)}".strip()


def _english(contract: ir.Contract, name: str) -> str:
    """What the contract says of that which a stage is named for."""
    from outcomelang.prose.hover import clauses_of
    from outcomelang.prose.layout import clause_text

    named: list[str] = [each.name for each in contract.flows]
    named += [each.name for each in contract.outcomes] + [each.name for each in contract.states]
    named += [each.name for each in contract.populations] + [each.name for each in contract.partitions]
    own = max((each for each in named if name == each or name.startswith(f"{each} ")), key=len, default="")
    return " ".join(clause_text(clause) for clause in clauses_of(contract, own)) if own else ""


def _statement(stage: Stage, dialect: Dialect) -> str:
    made = creation(stage)
    if dialect == "spark":  # Spark has temporary views only; what is read twice is cached
        made.set("kind", "VIEW")
        made.set("replace", True)
    return written(made, dialect, pretty=True)
