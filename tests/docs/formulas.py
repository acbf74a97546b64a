"""docs/formulas.md: what each payment of every contract in `contracts/` comes to, as algebra.

python tests/docs/formulas.py > docs/formulas.md
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from outcomelang.compiler import compile_path
from outcomelang.formula.deriving import Formulas, PaymentFormula, Without, formulas
from outcomelang.formula.expression import refs
from outcomelang.formula.latex import Setting, equations, letter, text
from outcomelang.formula.symbols import Index, Symbol

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "contracts"

_HEAD = """# Formulas of the contracts

What each payment of every contract in `contracts/` comes to, in the major unit of its currency, told from the contract
alone by `outcomelang formula`. [What the formulas mean](formula.md) says how they are made, and how each of them is
tested: the counts of every log of the library put in give what the evaluator pays. A variant stands here where its
formulas differ from those of its contract.

"""


@cache
def derived(path: Path) -> Formulas:
    return formulas(compile_path(str(path)).core)


def files() -> tuple[Path, ...]:
    """Every contract; of variants those with formulas of their own."""
    found: list[Path] = []
    for path in sorted(CONTRACTS.glob("*/*.outcome"), key=lambda path: (path.parent.name, path.stem != "contract")):
        known = [each for each in found if each.parent == path.parent]
        if all(list(equations(derived(each))) != list(equations(derived(path))) for each in known):
            found.append(path)
    return tuple(found)


def standing(of: Formulas, each: PaymentFormula) -> str:
    """How far the algebra of a payment goes."""
    if each.due is not None:
        return "alone"
    if any(each.name in shared.payments for shared in of.shared):
        return "together"
    return "partly" if each.earned is not None else "none"


def covered(paths: tuple[Path, ...]) -> Counter[str]:
    return Counter(standing(derived(path), each) for path in paths for each in derived(path).payments)


def page() -> str:
    every = tuple(sorted(CONTRACTS.glob("*/*.outcome")))
    counts = covered(every)
    whole = sum(derived(path).total is not None for path in every)
    summary = (
        f"Of {counts.total()} payments in {len(every)} contracts (variants counted), {counts['alone']} have a closed\n"
        f"form of their own, {counts['together']} one together with others whose limit they share, {counts['partly']}\n"
        f"one up to a step that is named, and {counts['none']} none. {whole} contracts have a closed form in all.\n"
    )
    return _HEAD + summary + "".join("".join(_section(path)) for path in files())


def _section(path: Path) -> Iterator[str]:
    of = derived(path)
    variant = "" if path.stem == "contract" else f", {path.stem}"
    yield f"\n## {path.parent.name}{variant}\n\n"
    setting = Setting(of)
    shown = tuple(equations(of, repeated=False))
    used = {ref.symbol for _, formula in shown for ref in refs(formula)}
    for left, formula in shown:
        yield "```math\n" + setting.equation(text(left), formula) + "\n```\n\n"
    symbols = [each for each in of.symbols if each.name in used]
    yield "| symbol | is | unit |\n|---|---|---|\n"
    for each in symbols:
        yield _row(setting, each)
    for index in of.indices:
        if any(each.index == index.name for each in symbols):
            yield _index(index)
    for without in of.without:
        yield _without(without)


def _row(setting: Setting, each: Symbol) -> str:
    return f"| $`{setting.symbol(each.name, each.index)}`$ | {_plain(each.said)} | {_plain(each.unit)} |\n"


def _index(index: Index) -> str:
    return f"| $`{letter(index.name)}`$ | {_plain(index.said)} | |\n"


def _without(each: Without) -> str:
    names = ", ".join(each.payments[:3]) + (f" and {len(each.payments) - 3} more" if len(each.payments) > 3 else "")
    reason = each.because[0].upper() + each.because[1:]
    said = f"Without closed form, from {_plain(each.step)} on: {_plain(names)}. {_plain(reason)}."
    return "\n" + textwrap.fill(said, 120, break_long_words=False, break_on_hyphens=False) + "\n"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    print(page(), end="")
