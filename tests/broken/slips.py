"""Plausible slips of a person's hand, each as a rule over contracts that are sound.

`find` is looked for in a contract whose comments are blanked out; its group `x` is replaced by `write`. The mistake is
to be reported over what was written, or over the group `at` where the mistake shows at another place. What `find` asks
of the text around `x` keeps a rule to places where the change is a mistake: elsewhere it may make a sound contract.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from attrs import frozen

COMMENT = re.compile(r'--.*|"[^"\n]*"')
SECTION = r"(?m)^(?=example)"


@frozen
class Slip:
    """`names` are the findings that may tell of it; one of them does, once."""

    title: str
    find: str
    write: str | Callable[[str], str]
    names: tuple[str, ...]
    where: str = "terms"
    alone: bool = False
    """Takes away what other clauses rest on, so that nothing can be said of them."""


@frozen
class Broken:
    """A contract with slips: its text, and for each the offsets in it and the findings that may tell of it."""

    text: str
    places: tuple[tuple[int, int, Slip], ...]


def masked(text: str, texts: bool = False) -> str:
    """The text with comments blanked out, and with what stands in quotation marks unless that is looked for."""

    def blanked(found: re.Match[str]) -> str:
        if found[0][0] != '"':
            return " " * len(found[0])
        return found[0] if texts else '"' + "~" * (len(found[0]) - 2) + '"'

    return COMMENT.sub(blanked, text)


def found_in(slip: Slip, text: str) -> list[re.Match[str]]:
    """Every place where a slip can be made: in the terms, unless it is one of examples."""
    plain = masked(text, texts='"' in slip.find)
    start = re.search(SECTION, plain)
    end = start.start() if start else len(plain)
    matches = re.finditer(slip.find, plain, re.MULTILINE)
    return [each for each in matches if (each.start() >= end) == (slip.where == "examples")]


def made(text: str, slips: list[tuple[Slip, re.Match[str]]]) -> Broken:
    """The text with these slips in it, from the last to the first so that offsets hold."""
    places: list[tuple[int, int, Slip]] = []
    for slip, match in sorted(slips, key=lambda each: each[1].start("x"), reverse=True):
        start, end = match.span("x")
        written = slip.write(match["x"]) if callable(slip.write) else match.expand(slip.write)
        text = text[:start] + written + text[end:]
        moved = len(written) - (end - start)
        places = [(first + moved, last + moved, other) for first, last, other in places]
        first, last = start, start + len(written)
        if "at" in match.re.groupindex:
            first, last = (place + moved * (place >= end) for place in match.span("at"))
        places.append((first, last, slip))
    return Broken(text, tuple(reversed(places)))


def word(title: str, right: str, wrong: str, *names: str, find: str = r"(?<![\w-])(?P<x>{})(?![\w-])") -> Slip:
    return Slip(title, find.format(right), wrong, names or ("unknown-word",))


def first_word(right: str, wrong: str, *names: str) -> Slip:
    return word(f"first word: {wrong}", right, wrong, *names, find=r"^(?P<x>{})(?= )")


def swapped(name: str) -> str:
    """A name with the first two small letters of its last word that differ the other way round."""
    for at in range(len(name) - 2, 0, -1):
        if name[at].islower() and name[at + 1].islower() and name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name + "x"


def digits_first(date: str) -> str:
    day, month, year = date.split()
    return f"{MONTHS.index(month) + 1}/{day}/{year}"


YEAR = "January February March April May June July August September October November December"
MONTHS = YEAR.split()
BEFORE_A_CLAUSE = r"^(?P<x>)(?=payment|event|outcome)"
NAME = r"[A-Z][\w-]*(?: [A-Z][\w-]*)*"
DATE = rf"\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}"


def unit_twice(steps: str) -> str:
    """`3 months and 6 months`"""
    first, _, last, unit = steps.split()
    return f"{first} {unit} and {last} {unit}"


STUCK = ("not-understood", "unfinished-clause", "unknown-word", "text-outside-clauses")
OPEN = ("unclosed-text", "unknown-character", "not-understood", "unknown-word")

FIRST_WORDS = tuple(
    first_word(right, wrong)
    for right, wrong in [
        ("payment", "paymnt"),
        ("payment", "paymet"),
        ("outcome", "outcom"),
        ("outcome", "outocme"),
        ("event", "evnet"),
        ("event", "vent"),
        ("limit", "limmit"),
        ("limit", "limt"),
        ("participant", "particpant"),
        ("cohort", "chort"),
        ("define", "defien"),
        ("define", "defin"),
        ("commissioner", "comissioner"),
        ("commissioner", "commisioner"),
        ("provider", "provder"),
        ("assessor", "assesor"),
        ("term", "trem"),
        ("term", "tem"),
        ("currency", "currancy"),
        ("currency", "curency"),
        ("state", "sate"),
        ("group", "gruop"),
        ("rounding", "roundin"),
        ("rounding", "rouding"),
        ("claims", "cliams"),
        ("claims", "clams"),
        ("period", "peroid"),
        ("table", "tabel"),
        ("purpose", "purpos"),
        ("contract", "contarct"),
        ("party", "pary"),
        ("joint", "jiont"),
        ("use", "ues"),
    ]
)

SMALL_WORDS = tuple(
    word(f"word: {wrong}", right, wrong)
    for right, wrong in [
        ("pays", "pyas"),
        ("pays", "payes"),
        ("recorded", "recoreded"),
        ("verified", "verifed"),
        ("selected", "seleted"),
        ("beginning", "begining"),
        ("ending", "endding"),
        ("occurs", "ocurs"),
        ("occurs", "occures"),
        ("without", "witout"),
        ("achieved", "acheived"),
        ("earliest", "ealiest"),
        ("excess", "exess"),
        ("observed", "obeserved"),
        ("nearest", "neareast"),
        ("joins", "jions"),
        ("once", "onec"),
        ("recorded", "record"),
        ("fewer", "fewr"),
        ("better", "beter"),
        ("reaches", "reches"),
        ("number", "numbr"),
        ("independent", "independant"),
        ("least", "lest"),
        ("within", "witin"),
        ("when", "wehn"),
        ("after", "afer"),
        ("percentage", "persentage"),
        ("weeks", "wks"),
        ("months", "mths"),
        ("including", "incl"),
        ("from", "form"),
        ("with", "wiht"),
        ("each", "eahc"),
        ("for", "fro"),
        ("and", "adn"),
        ("first", "frist"),
    ]
)

LEFT_OUT = (
    Slip("small word left out: by", r"recorded (?P<x>by )(?:the )?(?P<at>[A-Z])", "", STUCK),
    Slip("small word left out: on", r"joins (?P<x>on )(?:the )?(?P<at>first|[A-Z])", "", STUCK),
    Slip("small word left out: the second on", r"and ending (?P<x>on )(?P<at>\d+|[A-Z])", "", STUCK),
    Slip("small word left out: and", r"(?P<x>and )(?P<at>ending)", "", STUCK),
    Slip("small word left out: each", r"[£%]\S+ for (?P<x>each )(?P<at>[A-Z])", "", STUCK),
    Slip("small word left out: for", r"£\S+ (?P<x>for )(?P<at>each)", "", STUCK),
    Slip("small word left out: is", r"^event [A-Z][\w -]*? (?P<x>is )(?:an )?(?P<at>\w+)", "", STUCK),
    Slip("small word left out: to", r"^limit all payments (?P<x>to )(?P<at>£|the)", "", STUCK),
    Slip("small word left out: up", r"(?P<x>up )(?P<at>to and including)", "", STUCK),
    Slip("small word left out: and, of a day", r"up to (?P<x>and )(?P<at>including)", "", STUCK),
    Slip("small word left out: of", r"with [A-Z][\w ]+? (?P<x>of )(?P<at>at least)", "", STUCK),
    Slip(
        "small word left out: when",
        r"(?P<x>when )(?P<at>[A-Z]\w+(?: \w+)? (?:occurs|reaches|is))",
        "",
        ("names-that-touch", *STUCK),
    ),
    Slip("colon left out", rf"^payment (?P<at>{NAME}(?P<x>:) {NAME}) pay", "", ("missing-colon",)),
    Slip("colon left out before an article", rf"^payment (?P<at>{NAME}(?P<x>:)) the {NAME}", "", ("missing-colon",)),
    Slip(
        "second mark left out",
        r'^(?:commissioner|provider|contract|purpose) [^"\n]*(?P<at>"[^"\n]+(?P<x>")$)',
        "",
        OPEN,
    ),
    Slip("first mark left out", r'^(?:commissioner|provider) [^"\n]*(?P<at>(?P<x>")[^"\n]+"$)', "", OPEN),
    Slip("first mark of a title left out", r'^(?:contract|purpose) (?P<at>(?P<x>")[^"\n]+"$)', "", OPEN),
    Slip("comma left out", r"^joint .*\d%(?P<x>,) (?P<at>[A-Z])", "", STUCK),
    Slip("sign of money left out", r"pays? [^\n]*?(?P<x>£([\d,]+)) for", r"\2", ("amount-is-not-money", *STUCK)),
    Slip("amount left out", r"pays? [^\n]*?(?P<x>£[\d,]+ )(?P<at>for each [A-Z]\w+)", "", ("missing-amount",)),
    Slip("name left out", r"^payment (?P<x>[A-Z][\w ]*?)(?P<at>: )", "", STUCK),
    Slip("payee left out", r"pays? (?P<x>(?:the )?[A-Z][\w ]* )(?P<at>£)", "", STUCK),
    Slip("last date left out", rf"^claims up to and (?P<at>including(?P<x> {DATE}))", "", ("unfinished-clause",)),
    Slip(
        "unit left out",
        r"reaches (?:a further )?(?P<at>\d+(?P<x> (?:weeks|months|days))) ",
        "",
        ("unlike-quantities", *STUCK),
    ),
    Slip(
        "unit of a window left out",
        r"in the (?P<at>\d+(?P<x> (?:weeks|months|days))) ",
        "",
        ("unlike-quantities", *STUCK),
    ),
)

FIGURES = (
    Slip("month first", rf"(?P<x>{DATE})$", digits_first, ("ambiguous-date",)),
    Slip("month first in words", r"(?P<x>(\d{1,2}) ([A-Z]\w+) (20\d\d))$", r"\3 \2, \4", ("ambiguous-date",)),
    Slip("ordinal", r"(?P<x>(\d{1,2}) ([A-Z]\w+ 20\d\d))$", r"\2th \3", ("ambiguous-date",)),
    Slip("with points", r"(?P<x>(\d{1,2}) [A-Z]\w+ (20\d\d))$", r"\2.04.\3", ("ambiguous-date", "no-such-day")),
    Slip(
        "month in short",
        r"(?P<x>(\d{1,2}) (September|November|December) (20\d\d))$",
        lambda date: f"{date.split()[0]} {date.split()[1][:3]} {date.split()[2]}",
        ("ambiguous-date",),
    ),
    Slip("two digits of the year", r"(?P<x>(\d{1,2}) ([A-Z]\w+) 20(\d\d))$", r"\2 \3 \4", ("ambiguous-date",)),
    Slip("no year", r"(?P<x>(\d{1,2}) ([A-Z]\w+) 20\d\d)$", r"\2 \3", STUCK),
    Slip(
        "no such day", r"^claims up to and including (?P<x>\d{1,2} [A-Z]\w+ (20\d\d))$", r"31 June \2", ("no-such-day",)
    ),
    Slip(
        "dates swapped",
        rf"^term beginning on (?P<x>(?P<one>{DATE}) and ending on (?P<two>{DATE}))",
        r"\g<two> and ending on \g<one>",
        ("dates-out-of-order",),
    ),
    Slip("thousands with points", r"(?P<x>£(\d+),(\d{3}))(?![,.\d])", r"£\2.\3", ("malformed-number",)),
    Slip("thousands with blanks", r"(?P<x>£(\d+),(\d{3}))(?![,.\d])", r"£\2 \3", ("malformed-number", *STUCK)),
    Slip("pence after a comma", r"(?P<x>£(\d+))(?![,.\d]) for", r"£\2,00", ("malformed-number",)),
    Slip("a zero lost", r"(?P<x>£(\d+),(\d\d)0)(?![,.\d])", r"£\2,\3", ("malformed-number",)),
    Slip("sign behind", r"(?P<x>£([\d,]+))(?![,.\d]) for", r"\2£", ("malformed-number", *STUCK)),
    Slip("currency behind", r"(?P<x>£([\d,]+))(?![,.\d]) for", r"\2 GBP", STUCK),
    Slip("another sign", r"pays? .*(?P<x>£([\d,]+))(?![,.\d])", r"€\2", ("other-currency",)),
    Slip("percent sign left out", r"^joint .*?(?P<at>\d\d(?P<x>%)),", "", STUCK),
    Slip("sign of money twice", r"pays? .*?(?P<x>£([\d,]+))(?![,.\d]) for", r"£ £\2", ("unknown-character",)),
    Slip(
        "31 April", r"^claims up to and including (?P<x>\d{1,2} [A-Z]\w+ (20\d\d))$", r"31 April \2", ("no-such-day",)
    ),
    Slip("30 February", r"and ending on (?P<x>\d{1,2} [A-Z]\w+ (20\d\d))$", r"30 February \2", ("no-such-day",)),
    Slip("en dash for a minus", r"pays? .*?(?P<x>£([\d,]+))(?![,.\d]) for", r"–£\2", ("unknown-character",)),
    Slip("letter for nought", r"(?P<x>£(\d+),(\d\d)0)(?![,.\d])", r"£\2,\3O", ("malformed-number",)),
    Slip("pounds in words", r"(?P<x>£([\d,]+)) for each", r"\2 pounds", STUCK),
    Slip("unit glued to the number", r"(?P<x>(\d+) weeks)", r"\2weeks", ("malformed-number",)),
    Slip("unit in letters", r"(?P<x>\d+ months)", "six months", ("number-in-words",)),
    Slip("unit of the singular, glued", r"(?<!\d)(?<!and )(?P<x>(\d+) months)", r"\2m", ("malformed-number",)),
    Slip("working weeks", r"reaches (?P<x>(\d+) weeks)", r"\2 working weeks", ("working-days-out-of-place", *STUCK)),
    Slip("months in total", r"(?P<x>\d+ (?:weeks|days) in total)", "6 months in total", ("months-in-total",)),
)

PASTED = (
    Slip("full stop", r"^(?:payment|event|limit) [^\n]*\w(?P<x>)$", ".", ("unknown-character",)),
    Slip("ampersand", r"(?P<x>and) ending", "&", ("unknown-character",)),
    Slip("zero-width blank", r"^payment [A-Z]\w*(?P<x>)\w", "\u200b", ("unknown-character",)),
    Slip("soft hyphen", r"rec(?P<x>)orded by", "\u00ad", ("unknown-character",)),
    Slip("single quotation marks", r'^purpose (?P<x>"([^"\n]+)")$', r"‘\2’", ("unknown-character", "not-understood")),
    Slip("opening marks at both ends", r'^purpose (?P<x>"([^"\n]+)")$', r"“\2“", ("unclosed-text",)),
    Slip("marks of another language", r'^purpose (?P<x>"([^"\n]+)")$', r"«\2»", ("unknown-character",)),
    Slip("bullet", BEFORE_A_CLAUSE, "• ", ("unknown-character",)),
    Slip("bullet of Word", BEFORE_A_CLAUSE, "\uf0b7\t", ("unknown-character",)),
    Slip("dash as a bullet", BEFORE_A_CLAUSE, "– ", ("unknown-character",)),
    Slip("star as a bullet", BEFORE_A_CLAUSE, "* ", ("unknown-character",)),
    Slip(
        "number with a point",
        BEFORE_A_CLAUSE,
        "3. ",
        ("text-outside-clauses", "unknown-character", "malformed-number"),
    ),
    Slip("number with a bracket", BEFORE_A_CLAUSE, "3) ", STUCK),
    Slip("number of a section", BEFORE_A_CLAUSE, "2.1 ", STUCK),
    Slip(
        "number of a subsection",
        BEFORE_A_CLAUSE,
        "2.1.3 ",
        (*STUCK, "malformed-number", "ambiguous-date"),
    ),
    Slip("letter of an item", BEFORE_A_CLAUSE, "(a) ", STUCK),
    Slip("heading in capitals", r"(?<![A-Za-z]\n)^(?P<x>)(?=payment|event|outcome)", "PAYMENTS\n", STUCK),
    Slip(
        "heading with a number",
        BEFORE_A_CLAUSE,
        "4. Payments and limits\n",
        (*STUCK, "unknown-character"),
    ),
    Slip("foot of a page", BEFORE_A_CLAUSE, "Page 2 of 10\n", ("names-that-touch", *STUCK)),
    Slip("line drawn", BEFORE_A_CLAUSE, "__________\n", ("unknown-character",)),
    Slip("hash of a heading", BEFORE_A_CLAUSE, "# Payments\n", ("unknown-character",)),
    Slip("slashes for a comment", BEFORE_A_CLAUSE, "// how it is paid\n", ("unknown-character",)),
    Slip("dash of Word for a comment", BEFORE_A_CLAUSE, "— how it is paid\n", ("unknown-character",)),
)

HABITS = (
    Slip("a sign", r" of (?P<x>at least) \d", ">=", ("unknown-character",)),
    Slip("or more", r" of (?P<x>at least \d+)$", lambda x: f"{x.split()[-1]} or more", STUCK),
    Slip("less is better", r"(?P<x>fewer) is better", "less", STUCK),
    Slip("pro rata", r"(?P<x>in proportion)(?=;)", "pro rata", STUCK),
    Slip("limit on", r"^limit(?P<x>) [A-Z]", " on", STUCK),
    Slip("does not occur", r"when (?P<x>no [A-Z][\w]* occurs)", lambda x: f"{x[3:-7]} does not occur", STUCK),
    Slip("the unit of each step", r" reaches (?P<x>\d+ and \d+ (weeks|months))", unit_twice, STUCK),
)

CLAUSES = (
    Slip(
        "half a clause", r"^(?:payment [^\n]*?)(?P<at>pays?)(?P<x> [^\n]*(?:\n  [^\n]*)*)", "", ("unfinished-clause",)
    ),
    Slip(
        "half an event",
        r"^(?:event [^\n]*?recorded )(?P<at>by)(?P<x> [^\n]*(?:\n  [^\n]*)*)",
        "",
        ("unfinished-clause",),
        alone=True,
    ),
    Slip("a first word with a capital", r"^(?P<x>payment)(?= )", "Payment", ("text-outside-clauses",)),
    Slip("a first word with a capital", r"^(?P<x>event)(?= )", "Event", ("text-outside-clauses",)),
    Slip("a first word in capitals", r"^(?P<x>outcome)(?= )", "OUTCOME", ("text-outside-clauses",)),
    Slip("a first word twice", r"^payment(?P<x>)(?= )", " payment", STUCK),
    Slip("a word twice", r"pays(?P<x>)(?= )", " pays", STUCK),
    Slip("a clause twice", r"^(?P<c>currency [A-Z]+)(?P<x>)$", "\n\\g<c>", ("clause-given-twice",)),
    Slip("a term twice", r"^(?P<c>term [^\n]*\d)(?P<x>) *$", "\n\\g<c>", ("clause-given-twice",)),
    Slip(
        "parts the other way round",
        r"pays? [^\n]*?(?P<x>(£[\d,]+) (for each [A-Z]\w*))",
        r"\3 \2",
        ("missing-amount", *STUCK),
    ),
    Slip("the role left out", r'(?<=["t]\n)(?P<x>provider )(?P<at>[A-Z]\w*)', "", STUCK, alone=True),
    Slip("another first word", r"^(?P<x>limit) all", "cap", ("unknown-word", *STUCK)),
    Slip("another word for paying", r"(?P<x>pays) ", "receives", ("unknown-word",)),
    Slip("words swapped", r"(?P<x>recorded by)(?= )", "by recorded", STUCK, alone=True),
    Slip(
        "a payment twice",
        r"^(?P<c>payment [A-Z][^\n:]*: [^\n]*)(?P<x>)$(?!\n )",
        "\n\\g<c>",
        ("name-declared-twice",),
        alone=True,
    ),
    Slip("a provider twice", r"^(?P<c>provider [^\n]*)(?P<x>)$", "\n\\g<c>", ("name-declared-twice",)),
    Slip(
        "a step of what has none",
        r"£[\d,]+ for each (?P<at>(?:Client|Person|Family|Referral|Release|Child|Attachment)(?P<x>))$",
        " at 3 months",
        ("rung-unknown", "unknown-name"),
    ),
    Slip("until for the end", r"(?P<x>and ending on) \d", "until", STUCK),
)

MEANING = (
    Slip(
        "once left out",
        r"(?P<at>^outcome (?!(?:[^\n]*\n  )?[^\n]*\bwhen (?:no|[A-Z][\w ]* is) )"
        r"[^\n]*? of an? (?!Readmission)[A-Z][a-z]+(?= when| after|\n)"
        r"[^\n]*?(?:\n  [^\n]*?)*?)(?P<x>,?\s+once)$",
        "",
        ("how-often-missing",),
    ),
    Slip(
        "once of joining left out",
        r"^(?P<at>participant [^\n]*?joins on [A-Z][\w ]*)(?P<x>, once)",
        "",
        ("joining-again-unstated",),
    ),
    Slip(
        "the rule of a break left out",
        r"(?P<at>reaches \d+ (?:weeks|months))(?P<x> without a break)(?! longer)",
        "",
        ("break-rule-missing",),
    ),
    Slip(
        "the order left out",
        r"(?P<at>^limit all payments[^\n;$]*)(?P<x>; earliest first)",
        "",
        ("limit-order-missing",),
        alone=True,
    ),
    Slip(
        "the excess left out",
        r"(?P<at>limit [^\n]*)(?P<x>; the excess is not paid)",
        "",
        ("limit-excess-missing",),
        alone=True,
    ),
    Slip(
        "the recorder left out",
        r"^(?P<at>event [^\n,]*?)(?P<x>, recorded by (?:the )?[A-Z]\w*(?: [A-Z]\w*)*)$",
        "",
        ("recorded-by-missing",),
    ),
    Slip("shares that miss the whole", r"^joint .*?(?P<x>\d\d)%, [^,\n]*;", "7", ("shares-do-not-add-up",)),
    Slip("payer misspelt", rf"^payment {NAME}: (?:the )?(?P<x>{NAME}) pays", swapped, ("unknown-name",)),
    Slip("what is paid for misspelt", rf"£[\d,]+ for each (?P<x>{NAME})$", swapped, ("unknown-name",)),
    Slip(
        "joining event misspelt",
        rf"^participant {NAME}(?: \({NAME}\))?, joins on (?:the first )?(?P<x>{NAME})",
        swapped,
        ("unknown-name",),
    ),
    Slip("recorder misspelt", rf"^event .*recorded by (?:the )?(?P<x>{NAME})", swapped, ("unknown-name",)),
    Slip("event of a state misspelt", rf"^state .*ending on (?P<x>{NAME})", swapped, ("unknown-name",)),
    Slip("event of a condition misspelt", rf"when (?P<x>{NAME}) occurs", swapped, ("unknown-name",)),
    Slip("state of a condition misspelt", rf"when (?P<x>{NAME}) reaches", swapped, ("unknown-name",)),
    Slip("participant of an event misspelt", rf"^event {NAME} of an? (?P<x>{NAME}) is", swapped, ("unknown-name",)),
    Slip("group of a table misspelt", rf"^table {NAME} by (?P<x>{NAME})", swapped, ("unknown-name",)),
    Slip(
        "attribute misspelt",
        rf" with (?P<x>{NAME}) (?:of|\")",
        swapped,
        ("attribute-unknown", "unknown-name"),
        alone=True,
    ),
    Slip(
        "library misspelt",
        r'^use .* from "(?P<x>[\w-]+)"',
        swapped,
        ("library-not-found", "library-unknown", "template-unknown"),
        alone=True,
    ),
    Slip(
        "definition misspelt",
        rf'^use (?P<x>{NAME}) from "',
        swapped,
        ("library-name-unknown", "template-unknown", "definition-unknown"),
        alone=True,
    ),
    Slip(
        "payer in small letters",
        rf"^payment {NAME}: the (?P<x>[A-Z][a-z]+) pays",
        str.lower,
        ("name-in-small-letters", "unknown-word"),
    ),
    Slip("name in small letters", r"£[\d,]+ for each (?P<x>[A-Z][\w ]*)$", str.lower, ("name-in-small-letters",)),
    Slip(
        "a name joined",
        r"^payment [A-Z][\w ]*: (?:the )?[A-Z]\w* pays (?:the )?(?P<x>[A-Z]\w* (the) [A-Z]\w*)",
        lambda names: names.replace(" the ", " "),
        ("names-that-touch", "unknown-name"),
    ),
    Slip("payment of an example misspelt", rf"^    (?P<x>{NAME})  +£[\d,]+$", swapped, ("unknown-name",), "examples"),
    Slip("event of an example misspelt", rf"^    {DATE} +(?P<x>{NAME})$", swapped, ("unknown-name",), "examples"),
    Slip("date of an example", rf"^    (?P<x>{DATE}) +[A-Z]", digits_first, ("ambiguous-date",), "examples"),
    Slip(
        "name of an example unquoted",
        r'^  given [A-Z]\w*(?P<x> "[A-Z]")$',
        lambda x: x.replace('"', ""),
        STUCK,
        "examples",
    ),
    Slip("colon in an example", r"^    total(?P<x>) +£", ":", STUCK, "examples"),
)

SLIPS = (*FIRST_WORDS, *SMALL_WORDS, *LEFT_OUT, *FIGURES, *PASTED, *HABITS, *CLAUSES, *MEANING)


def corpus(texts: dict[str, str], each: int = 2, several: int = 60) -> Iterator[tuple[str, Broken]]:
    """Every slip in some contracts, then several slips in one; the same every time."""
    choice = Random(1)
    for slip in SLIPS:
        able = [(path, found) for path, text in texts.items() if (found := found_in(slip, text))]
        for path, matches in choice.sample(able, min(each, len(able))):
            yield path, made(texts[path], [(slip, choice.choice(matches))])
    for _ in range(several):
        path = choice.choice(list(texts))
        yield path, made(texts[path], apart(choice, texts[path]))


def apart(choice: Random, text: str) -> list[tuple[Slip, re.Match[str]]]:
    """Some slips in different clauses of one text, none of which makes another unreadable."""
    starts = [found.start() for found in re.finditer(r"(?m)^[a-z]", masked(text))]
    taken: dict[int, tuple[Slip, re.Match[str]]] = {}
    for slip in choice.sample([each for each in SLIPS if not each.alone], 40):
        matches = found_in(slip, text)
        if not matches or len(taken) == 5:
            continue
        match = choice.choice(matches)
        at = sum(start <= match.start() for start in starts)
        if not {at - 1, at, at + 1} & taken.keys():
            taken[at] = slip, match
    return list(taken.values())
