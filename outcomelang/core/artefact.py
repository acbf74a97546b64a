"""The compiled contract as a portable text: read back, it evaluates the same; its digest names what it means.

`to_json` and `from_json` are inverse, and the bytes depend on the contract alone. The text is an object with
`irVersion`, `digest` and `contract`; `outcomelang/schema/artefact.schema.json` describes it for other programs.
"""

from __future__ import annotations

import hashlib
import json
from typing import NoReturn, cast

from outcomelang.core import ir
from outcomelang.core.codec import Json, Malformed, decode, encode_node
from outcomelang.core.review import agreement
from outcomelang.diagnostic import Diagnostic, UsageError
from outcomelang.tree import evolve

IR_VERSION = 1
"""Goes up when an artefact of today could not be read, or would pay something else, tomorrow."""

LONGEST = 50_000_000
"""Characters. The longest contract seen has 150 thousand; what is longer is not a contract."""


def digest(contract: ir.Contract) -> str:
    """The SHA-256, in hexadecimal, of what the contract means: all that can change what is paid, and its title.

    Where a part was written, the purpose, examples, acceptances, assumptions, costs and benefits have no part in it: a
    new example, a moved line or an accepted risk leaves the digest as it is.
    """
    meaning = evolve(contract, purpose="", examples=(), acceptances=(), costs=(), benefits=(), assumptions=())
    return hashlib.sha256(canonical(encode_node(meaning, origins=False)).encode()).hexdigest()


def canonical(value: Json) -> str:
    """JSON with sorted keys and no blanks: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def to_json(contract: ir.Contract, review: bool = False) -> str:
    """The artefact, with the places of the agreement, ending in a line feed; with `review` also what its review says.

    A review is often confidential, and the artefact of an agreement is handed to the other side.
    """
    whole: Json = {
        "irVersion": IR_VERSION,
        "digest": digest(contract),
        "contract": encode_node(contract if review else agreement(contract), origins=True),
    }
    return canonical(whole) + "\n"


def from_json(text: str) -> ir.Contract:
    """The contract that `to_json` wrote. Anything else, an artefact of another version or one that was changed after
    it was compiled among them, is refused with a `UsageError`."""
    whole = parsed(text)
    found = whole.get("irVersion")
    if found != IR_VERSION:
        refuse_artefact(
            f"This compiled contract has irVersion {str(found)[:20]}; this outcomelang reads {IR_VERSION}.",
            "Compile the contract again with this outcomelang, or read it with the one that compiled it.",
        )
    try:
        contract = cast(ir.Contract, decode(whole.get("contract"), ir.Contract, ""))
        unchanged = whole.get("digest") == digest(contract)
    except (Malformed, RecursionError) as problem:
        refuse_artefact("This is not a compiled contract that outcomelang wrote.", f"At {problem}.")
    if not unchanged:
        refuse_artefact(
            "The compiled contract was changed after it was compiled.",
            "Its digest is not that of its terms. Compile the contract again.",
        )
    return contract


def parsed(text: str) -> dict[str, Json]:
    """The JSON object in `text`; refuses what is too long, no JSON, nested too deep or holds fractions."""
    if len(text) > LONGEST:
        refuse_artefact("This is not a compiled contract.", f"It is longer than {LONGEST:,} characters.")
    try:
        whole = json.loads(text, parse_float=no_float, parse_constant=no_float, object_pairs_hook=without_doubles)
    except (ValueError, RecursionError) as problem:
        refuse_artefact("This is not a compiled contract: it is not JSON that outcomelang wrote.", f"{problem}"[:200])
    if not isinstance(whole, dict):
        refuse_artefact("This is not a compiled contract.", "The text should be one JSON object.")
    return whole


def no_float(text: str) -> NoReturn:
    raise ValueError(f"the number {text[:40]} is not whole")


def without_doubles(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def refuse_artefact(message: str, detail: str) -> NoReturn:
    raise UsageError((Diagnostic("OL902", "unreadable-artefact", message, details=(detail,)),))
