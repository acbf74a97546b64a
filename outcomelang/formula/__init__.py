"""A contract as algebra: what each payment comes to, as an expression over named counts, amounts and rates.

`deriving.py` makes `Formulas` of a core: expressions of `expression.py` over the symbols of `symbols.py`, with what has
no closed form said by name. Text, Python and JSON are written from these alone; `symbolic.py` makes SymPy objects of
them, and is the only place that imports SymPy.
"""
