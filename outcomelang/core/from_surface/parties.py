"""Who pays and who is paid: a party, several who share, or the party after whom somebody's group is called."""

from __future__ import annotations

from outcomelang.core import ir
from outcomelang.core.from_surface.context import Elaboration, Scene, listed
from outcomelang.core.from_surface.subjects import must_be_readable
from outcomelang.core.names import name_key
from outcomelang.core.scope import Sort
from outcomelang.diagnostic import Remedy
from outcomelang.surface import ast

_NOBODY = ir.NamedParty("")


def payer(e: Elaboration, term: ast.Term, role: str, here: Scene) -> ir.Payer:
    """The party, joint party or party-valued group that a term names."""
    symbol = e.find(term, role, Sort.PARTY, Sort.JOINT, Sort.GROUP)
    if symbol is None:
        return _NOBODY
    at = e.at(term.span)
    match symbol.sort:
        case Sort.PARTY:
            return ir.NamedParty(symbol.name, origin=at)
        case Sort.JOINT:
            return ir.Jointly(symbol.name, origin=at)
        case _:
            _labels_are_parties(e, term, symbol.name)
            must_be_readable(e, symbol.name, ir.PerGroup(symbol.name), here, term.span)
            return ir.PartyOfGroup(symbol.name, origin=at)


def _labels_are_parties(e: Elaboration, term: ast.Term, partition: str) -> None:
    shape = e.partitions.get(partition)
    parties = {name_key(symbol.name) for symbol in e.scope.symbols.values() if symbol.sort is Sort.PARTY}
    strangers = [label for label in shape.labels if name_key(label) not in parties] if shape is not None else []
    if strangers:
        words = listed([f"“{label}”" for label in strangers[:4]], "and") + (" …" if len(strangers) > 4 else "")
        e.say(
            "group-is-no-party",
            term.span,
            f"Nobody pays for people in {words}: no party of that name is declared.",
            label=f"each {partition} has to be a party",
            remedies=(Remedy(f"commissioner {strangers[0]}"), Remedy("… pays …", "names one party for everybody")),
        )
