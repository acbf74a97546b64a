"""Words that leave something to judgement, where a number could stand, and words of two markets: the one place that
looks at names.

Three kinds. Words of degree ask how much, wherever they stand. Words of lasting ask how long. Qualities are what nobody
counts: a label or event that names nothing but a quality says that somebody finds it better, and not when it is.
"""

from __future__ import annotations

import re
from enum import StrEnum

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _LETTERS.findall(text))


DEGREE = words("""
    significant substantial reasonable appropriate relevant satisfactory suitable adequate meaningful sufficient
    considerable noticeable acceptable worthwhile genuine significantly substantially reasonably appropriately
    satisfactorily suitably adequately meaningfully sufficiently considerably noticeably acceptably genuinely
    improved improves improving improvement improvements better feels feeling
""")
LASTING = words("""
    sustained lasting steady stable consistent permanent prolonged regular long-term longer-term
    steadily consistently permanently regularly
""")
QUALITIES = words("""
    behaviour behavior attitude attitudes confidence motivation wellbeing well-being engagement readiness
    independence resilience self-esteem happiness conduct outlook progress stability
""")
_BESIDE = words("""
    of and or in the a an at school home work more less change changed positive good personal social
""")
_WANTED = words("goal goals aim aims need needs wish wishes objective objectives")
_MET = words("met reached achieved fulfilled satisfied")
_MARKETS = words("""
    job jobs work worker working employment employed employer earning earnings earns wage wages apprenticeship
    tenancy tenancies tenant tenants housing housed rehoused accommodation rent landlord
""")
_TIMES = words("day days week weeks month months year years hour hours night nights term terms")


class Asks(StrEnum):
    """What a word leaves open."""

    DEGREE = "how much is asked for by"
    LASTING = "for how long something is"
    QUALITY = "when there is enough of"


def asks(text: str) -> Asks | None:
    """What a name or label leaves to judgement; a number that stands in it answers for itself."""
    found = words(text)
    if any(letter.isdigit() for letter in text):
        return None
    if any(word in DEGREE for word in found):
        return Asks.DEGREE
    if any(word in LASTING for word in found):
        return Asks.LASTING
    if any(word in QUALITIES for word in found) and all(word in (*QUALITIES, *_BESIDE) for word in found):
        return Asks.QUALITY
    if any(word in _WANTED for word in found) and any(word in _MET for word in found):
        return Asks.QUALITY
    return None


def is_time(name: str) -> bool:
    """Whether an attribute counts time: it says how long, and not how much."""
    return any(word in _TIMES for word in words(name))


def is_of_a_market(name: str) -> bool:
    """Whether a name or label speaks of jobs or of housing, of which there are more in some years and places."""
    return any(word in _MARKETS for word in words(name))
