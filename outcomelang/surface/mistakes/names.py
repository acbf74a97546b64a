"""Slips around names: two that touch, one in small letters, one that fell apart."""

from __future__ import annotations

import itertools
from difflib import get_close_matches

from outcomelang.diagnostic import Remedy
from outcomelang.surface.lexer import Token
from outcomelang.surface.mistakes.slip import Reason, Slip, short

_SMALL_WORDS = "OF TO IN FOR AND OR BY ON AT WITH FROM AS WITHIN AFTER BEFORE PER _UP_TO NOT NO"
_SMALL = frozenset(_SMALL_WORDS.split())
_JOINS_WORDS = frozenset(("OF", "TO", "IN"))


def touching(slip: Slip) -> Reason | None:
    """`pays Charity Session Price for each …`: payee and amount run into one name."""
    name = _payee_alone(slip)
    words = name.text.split() if name else []
    whole = " ".join(words)
    if name is None or len(words) < 2 or slip.lexed.uses(whole) > 1:
        return None
    places = [place for place in range(len(words) - 1, 0, -1) if slip.lexed.uses(" ".join(words[:place]))]
    place = places[0] if places else 1
    apart = f"{' '.join(words[:place])} the {' '.join(words[place:])}"
    word = "repays" if slip.piece[0].kind == "REPAYMENT" else "pays"
    return Reason(
        "names-that-touch",
        f"“{short(whole)}” is read as one name, so there is no amount",
        f"between two names stands an article: {short(apart)}",
        remedies=(
            Remedy(f"{word} {apart}", "where these are two names"),
            Remedy(f"{word} {whole} £1,200", "where this is one name: the amount comes after it"),
        ),
        at=name,
    )


def _payee_alone(slip: Slip) -> Token | None:
    """The payee, where no amount follows it: the slip is right after it, or after its `for each`."""
    kinds = [slip.near(away).kind for away in (-4, -3, -2, -1)]
    if kinds[1:] == ["TERM", "FOR", "EACH"] and kinds[0] in ("_PAYS", "_REPAYS"):
        return slip.near(-3)
    alone = kinds[2] in ("_PAYS", "_REPAYS") and kinds[3] == "TERM" and "MONEY" in slip.allowed
    return slip.near(-1) if alone else None


def amount(slip: Slip) -> Reason | None:
    if _payee_alone(slip) is None or (slip.token.kind != "FOR" and slip.near(-1).kind != "EACH"):
        return None
    return Reason(
        "missing-amount",
        "it does not say how much is paid",
        "write the amount before “for each”",
        remedy="£1,200 for each …",
    )


def run_on(slip: Slip) -> Reason | None:
    """Two names on two lines that became one, because a word between them is missing."""
    name = slip.near(-2) if slip.near(-1).kind == "_IS" else slip.near(-1)
    lines = [line.strip() for line in name.text.splitlines() if line.strip()]
    if name.kind != "TERM" or len(lines) < 2:
        return None
    last = name.text.rindex(lines[-1])
    return Reason(
        "names-that-touch",
        f"“{short(lines[-2])}” and “{short(lines[-1])}” are read as one name",
        "a word such as “when” or “is” is missing before this",
        at=name._replace(text=lines[-1], start=name.start + last),
    )


def colon(slip: Slip) -> Reason | None:
    if "COLON" not in slip.allowed or slip.near(-1).kind != "TERM" or slip.stuck.at > 2:
        return None
    name = short(slip.near(-1).text)
    return Reason(
        "missing-colon",
        f"without a colon “{name}” is one name",
        "write a colon after the name, before what follows",
        at=slip.near(-1),
    )


def small_letters(slip: Slip) -> Reason | None:
    if "TERM" not in slip.allowed or slip.at_end:
        return None
    if slip.token.kind not in ("WORD", "CODE"):
        return _name_like_a_word(slip)
    known, runs = slip.lexed.names, _runs(slip)
    words = [token.text for token in itertools.takewhile(_is_small, slip.piece[slip.stuck.at : slip.stuck.at + 4])]
    close = get_close_matches(" ".join(words).lower(), list(known), n=1, cutoff=0.8)
    if close:
        said, meant = " ".join(words), known[close[0]]
    else:
        said, meant = slip.words(*runs[0]), _rewritten(slip, runs)
    names = [f"“{slip.words(*run)}” as a name is {_capitalised(slip.words(*run))}." for run in runs]
    return Reason(
        "name-in-small-letters",
        f"“{said}” begins with a small letter",
        f"names begin with capitals: {meant}",
        tuple(names) if len(runs) > 1 and not close else (),
        remedy=meant,
    )


def _name_like_a_word(slip: Slip) -> Reason | None:
    """`the provider is paid`, `each week at home`: words of the language that are also a name of this file."""
    if not slip.token.text[:1].islower():
        return None
    words = slip.piece[slip.stuck.at : slip.stuck.at + 5]
    for count in range(len(words), 0, -1):
        said = slip.words(words[0], words[count - 1])
        meant = slip.lexed.names.get(said)
        if meant:
            label = f"names begin with capitals: {meant}"
            says = f"“{said}” begins with a small letter"
            last = words[count - 1].end
            return Reason("name-in-small-letters", says, label, remedy=meant, at=words[0]._replace(end=last))
    return None


def _is_small(token: Token) -> bool:
    return token.text[0].islower() and len(token.text) <= 30


def _runs(slip: Slip) -> list[tuple[Token, Token]]:
    """First and last word of each probable name from the slip to the first amount, number or text."""
    runs: list[tuple[Token, Token]] = []
    for at in range(slip.stuck.at, min(slip.stuck.at + 12, len(slip.piece))):
        token, before = slip.piece[at], slip.piece[at - 1]
        if token.kind in ("MONEY", "NUMBER", "TEXT", "DATE"):
            break
        if token.kind in ("WORD", "CODE"):
            near = [slip.piece[place].kind for place in range(max(at - 2, slip.stuck.at), at)]
            joined = near[-1:] == ["WORD"] or (near[:1] == ["WORD"] and near[-1] in _JOINS_WORDS)
            if joined and runs and not slip.lexed.between(before, token):
                runs[-1] = runs[-1][0], token
            else:
                runs.append((token, token))
    return runs


def _capitalised(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def _rewritten(slip: Slip, runs: list[tuple[Token, Token]]) -> str:
    """The stretch from the first probable name to the last and its amount, with every name in capitals."""
    if len(runs) == 1:
        return _capitalised(slip.words(*runs[0]))
    said = slip.lexed.article_before(slip.token)
    for at, (first, last) in enumerate(runs):
        gap = slip.lexed.source.text[runs[at - 1][1].end : first.start] if at else ""
        said += gap + _capitalised(slip.words(first, last))
    amount = next((token for token in slip.piece if token.start > runs[-1][1].end), None)
    if amount and amount.kind == "MONEY" and amount.start - runs[-1][1].end < 10:
        said += slip.lexed.source.text[runs[-1][1].end : amount.end]
    return " ".join(said.split())


def about_names(slip: Slip) -> tuple[str, ...]:
    """Names that fell apart over a small word (`Return to Work`) or a free number (`Level 2`)."""
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
