"""Slips around names: two that touch, one in small letters, one that fell apart."""

from __future__ import annotations

from difflib import get_close_matches

from outcomelang.surface.mistakes.slip import Reason, Slip, short

_SMALL = frozenset("OF TO IN FOR AND OR BY ON AT WITH FROM AS WITHIN AFTER BEFORE PER _UP_TO NOT NO".split())


def touching(slip: Slip) -> Reason | None:
    """`pays Charity Session Price for each …`: payee and amount run into one name."""
    name = slip.near(-1)
    words = name.text.split()
    whole = " ".join(words)
    if not _wants_amount(slip) or len(words) < 2 or slip.lexed.uses(whole) > 1:
        return None
    places = [place for place in range(len(words) - 1, 0, -1) if slip.lexed.uses(" ".join(words[:place]))]
    place = places[0] if places else 1
    apart = f"{' '.join(words[:place])} the {' '.join(words[place:])}"
    return Reason(
        "names-that-touch",
        f"“{short(whole)}” is read as one name, so there is no amount",
        f"between two names stands an article: {short(apart)}",
        remedies=(
            Remedy(f"{slip.near(-2).text} {apart}", "where these are two names"),
            Remedy(f"{slip.near(-2).text} {whole} £1,200", "where this is one name: the amount comes after it"),
        ),
        at=name,
    )


def _wants_amount(slip: Slip) -> bool:
    return slip.near(-2).kind in ("_PAYS", "_REPAYS") and slip.near(-1).kind == "TERM" and "MONEY" in slip.allowed


def amount(slip: Slip) -> Reason | None:
    before = [slip.near(away).kind for away in (-4, -3, -2, -1)]
    if before != ["_PAYS", "TERM", "FOR", "EACH"] and not (_wants_amount(slip) and slip.token.kind == "FOR"):
        return None
    return Reason(
        "missing-amount",
        "it does not say how much is paid",
        "write the amount before “for each”",
        remedy="£1,200 for each …",
    )


def colon(slip: Slip) -> Reason | None:
    if "COLON" not in slip.allowed or slip.near(-1).kind != "TERM" or slip.stuck.at > 2:
        return None
    name = short(slip.near(-1).text)
    return Reason(
        "missing-colon", f"without a colon “{name}” is one name", "write a colon after the name, before what follows"
    )


def small_letters(slip: Slip) -> Reason | None:
    if slip.token.kind not in ("WORD", "CODE") or "TERM" not in slip.allowed or slip.at_end:
        return None
    known, runs = slip.lexed.names, _runs(slip)
    spoken = " ".join(token.text for token in _row(slip, slip.stuck.at, any_word=True))
    close = get_close_matches(spoken.lower(), list(known), n=1, cutoff=0.8)
    if close:
        said, meant = spoken, known[close[0]]
    elif len(runs) == 1:
        said, meant = slip.words(*runs[0]), _capitalised(slip, runs[0])
    else:
        said, meant = slip.words(*runs[0]), _rewritten(slip, runs)
    return Reason(
        "name-in-small-letters",
        f"“{said}” begins with a small letter",
        f"names begin with capitals: {meant}",
        tuple(f"“{slip.words(*run)}” is read as a name if written {_capitalised(slip, run)}." for run in runs[1:]),
        remedy=meant,
    )


def _row(slip: Slip, at: int, any_word: bool = False) -> list[Token]:
    """At most four words from here on that belong to no name, number or text."""
    row: list[Token] = []
    for token in slip.piece[at : at + 4]:
        if len(token.text) > 30 or not (token.text[0].islower() if any_word else token.kind in ("WORD", "CODE")):
            break
        row.append(token)
    return row


def _runs(slip: Slip) -> list[tuple[Token, Token]]:
    """The rows of unknown words from the slip to the first number, text or colon: each is probably a name."""
    runs: list[tuple[Token, Token]] = []
    at, last = slip.stuck.at, min(slip.stuck.at + 10, len(slip.piece))
    while at < last and slip.piece[at].kind not in ("MONEY", "NUMBER", "TEXT", "COLON", "DATE"):
        row = _row(slip, at)
        if row:
            runs += _parted(slip, row)
        at += max(len(row), 1)
    return runs


def about_names(slip: Slip) -> tuple[str, ...]:
    """Names that fell apart over a small word (`Return to Work`) or a free number (`Level 2`), or that ran on."""
    for line in slip.near(-1).text.splitlines()[1:]:
        start = first_word_with_a_capital(slip, line.strip())
        if start:
            return (
                f"“{start.capitalize()}” is taken for a part of the name before it: a clause begins with “{start}”.",
            )
    for left, small, right in ((-1, 0, 1), (-2, -1, 0)):
        parts = slip.near(left), slip.near(small), slip.near(right)
        if parts[0].kind == parts[2].kind == "TERM" and parts[1].kind in _SMALL:
            whole = " ".join(short(part.text) for part in parts)
            joined = " ".join([parts[0].text, parts[1].text.capitalize(), parts[2].text])
            return (f"If “{whole}” is one name, write every word of it with a capital: {short(joined)}.",)
    if slip.near(-1).kind == "TERM" and slip.token.kind == "NUMBER":
        name = f"{slip.near(-1).text}-{slip.token.text}"
        return (f"If the number belongs to the name, join them: {short(name)}.",)
    return ()
