"""How each clause is written, and English for everything the grammar can ask for."""

from __future__ import annotations

from outcomelang.surface.tables import END, Tables

TEMPLATES = {
    "CONTRACT": 'contract "TITLE"   or   contract "TITLE" based on "FILE"',
    "LIBRARY": 'library "TITLE"',
    "BLANK": 'blank NAME such as VALUE "MEANING"',
    "PURPOSE": 'purpose "TEXT"',
    "COMMISSIONER": 'commissioner NAME "FULL NAME"',
    "PROVIDER": 'provider NAME "FULL NAME"',
    "ASSESSOR": 'assessor NAME "FULL NAME" independent',
    "PARTY": 'party NAME "FULL NAME" logged as "SOURCE"',
    "JOINT": "joint NAME: PARTY 80%, PARTY 20%; odd pennies to PARTY",
    "THE_CURRENCY": "currency GBP",
    "THE_TERM": "term beginning on DATE and ending on DATE",
    "CLAIMS": "claims up to and including DATE",
    "VALUE": "value £1,000,000",
    "ROUNDING": "rounding each amount to the nearest penny, half up",
    "HOLIDAYS": 'holidays "FILE"',
    "PARTICIPANT": "participant NAME, joins on EVENT, once, selected by PARTY",
    "MEMBER": 'member NAME of a PARTICIPANT, read from ATTRIBUTE of EVENT with ATTRIBUTE "LABEL"',
    "GROUP": 'group NAME of a PARTICIPANT, read from ATTRIBUTE of EVENT "LABEL" "LABEL"',
    "COHORT": 'cohort NAME of a PARTICIPANT, by date of EVENT "LABEL" from DATE to DATE',
    "COMPARISON": 'comparison NAME for each PARTICIPANT, where ATTRIBUTE is "LABEL", by matching, chosen by PARTY',
    "PERIOD": "period NAME is every 3 months from DATE up to and including DATE",
    "EVENT": "event NAME is an outcome, recorded by PARTY, verified by PARTY, has ATTRIBUTE as a number",
    "FIGURE": "figure NAME in each PERIOD, reported by PARTY, as a percentage",
    "STATE": "state NAME beginning on EVENT and ending on EVENT   or   state NAME is STATE and not STATE",
    "DEFINE": "define NAME of each PARTICIPANT as QUANTITY",
    "TABLE": 'table NAME by GROUP "LABEL" £100 "LABEL" £200',
    "OUTCOME": "outcome NAME of a PARTICIPANT, when CONDITION, within 12 months of EVENT, once",
    "PLAN": "plan NAME of a PARTICIPANT: all of OUTCOME and OUTCOME; any 2 of OUTCOME, OUTCOME chosen by PARTY",
    "PAYMENT": "payment NAME: PAYER pays PAYEE AMOUNT for each THING, when CONDITION",
    "REPAYMENT": "repayment NAME: PAYEE repays PAYER AMOUNT for each THING, when CONDITION, up to the amount paid",
    "DIVIDE": "divide PAYMENT: £100 of each to PARTY, the rest to PARTY",
    "LIMIT": "limit all payments to £1,000,000 in each PERIOD by date achieved; earliest first; the excess is not paid",
    "_GUARANTEES": "guarantee NAME: PARTY guarantees 100 EVENTS; each pays PARTY £100 for each EVENT short",
    "EXIT": "exit NAME: PARTY may end the agreement on DATE; then any PAYMENT not yet due on that day falls away",
    "SUSPENSION": "suspension between DATE and DATE: windows pause",
    "AMENDMENT": "amendment 1 effective DATE, for PARTICIPANTS joining on or after that date",
    "_JOINS_AS": "joins commissioner NAME",
    "CHANGE": 'change NAME to AMOUNT for "LABEL"   or   change OUTCOME to when CONDITION',
    "DELETE": "delete NAME   or   delete the limit on NAME",
    "INSERT": "insert CLAUSE",
    "USE": 'use NAME from "LIBRARY" as NAME, where NAME is NAME and BLANK is 26 weeks',
    "ASSUME": "assume at most 200 PARTICIPANTS   or   assume for each PARTICIPANT: CONDITION",
    "COST": "cost £100 for each PARTICIPANT",
    "BENEFIT": "benefit £100 for each OUTCOME to PARTY",
    "ACCEPT": 'accept NAME-OF-THE-FINDING because "REASON" until DATE',
    "EXAMPLE": 'example "TITLE" given PARTICIPANT "ID" DATE EVENT expect PAYMENT £100 total £100',
}
"""By the first terminal of the clause; what is in capitals is the author's."""

NOUNS = {
    "ACCEPT": "acceptance",
    "ASSUME": "assumption",
    "CLAIMS": "last day for claims",
    "DEFINE": "definition",
    "DELETE": "deletion",
    "INSERT": "insertion",
    "JOINT": "joint party",
    "_GUARANTEES": "guarantee",
}
"""What the author would call a clause, where its first word is no noun."""

_ENGLISH = {
    END: "the end of the clause",
    "TERM": "a name",
    "TEXT": "a text in quotation marks",
    "DATE": "a date such as 1 June 2011",
    "MONEY": "an amount of money such as £1,200",
    "PERCENT": "a percentage",
    "FRACTION": "a fraction such as 5/6",
    "NUMBER": "a number",
    "CURRENCY": "a currency such as GBP",
    "CODE": "the name of a finding such as uncapped-liability",
    "WORD": "the name of a finding",
    "ALPHA": "an item such as (a)",
    "ROMAN": "an item such as (i)",
    "COLON": "a colon",
    "COMMA": "a comma",
    "SEMICOLON": "a semicolon",
    "LPAR": "an opening bracket",
    "RPAR": "a closing bracket",
    "_LADDER_AND": "“and”",
    "_IN_INSTALMENTS": "“in 12 equal monthly instalments from”",
    "_CAPPED_AT": "“at most 3% each year”",
    "_JOINS_AS": "“joins”",
}


def in_english(kind: str, made: Tables) -> str:
    """What a terminal asks for: `“pays”`, `a date such as 1 June 2011`."""
    return _ENGLISH[kind] if kind in _ENGLISH else f"“{made.spellings[kind][0]}”"


def template(kinds: list[str]) -> str:
    """The template of the clause that begins with these terminals (`insert` shows the clause it inserts)."""
    first = kinds[1] if kinds[0] == "INSERT" and len(kinds) > 1 else kinds[0]
    return TEMPLATES.get(first, "")
