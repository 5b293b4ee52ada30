"""What a drafted sentence may say in other words: phrases of the field that mean the same.

Each line of `PHRASES` is a canonical form, then the patterns that stand for it, tried in the order of the
lines on lower-case text in which every citation, date, sum and level has become ``@3``. Each line of
`WORDS` is one class of single words, in any inflection. Two phrases share a line only where putting one
for the other never changes who must do what, from when, for how long, or on what condition. So "issued",
"signed" and "completed" stand apart, and so do "notice" and "approval", "certificate" and "certification".
"""

from __future__ import annotations

import re

_BE = r"(?:is|are|be|being)"
_WAS = r"(?:was|were)"
#: A citation or two, or what a statement calls the rule that provides otherwise.
_SOURCE = (
    r"((?:@\d+(?:(?:,| and| or) @\d+)*|(?:another|a|any) (?:\w+ )?(?:provision|rule)|a specific rule|the law)"
    r"(?: of @\d+)?)"
)
_RULE = r"(?:@\d+|law|regulations?)(?:(?: and| or) (?:@\d+|(?:its )?regulations?))*"

PHRASES: tuple[tuple[str, str], ...] = (
    # exceptions
    (r"except-as \1", rf"(?:except|unless)(?: as| where| when| that| to the extent)? {_SOURCE} "
                      r"(?:(?:otherwise|differently) (?:provides?|says|states|specifies)"
                      r"|(?:provides?|says|states|specifies) (?:otherwise|differently))"),
    (r"except-as \1", rf"except as {_SOURCE} (?:provides?|says|states)"),
    (r"except-as \1", rf"(?:except as|unless)(?: otherwise)? (?:provided|stated"
        rf"|specified)(?: otherwise)? (?:in|by|under) {_SOURCE}"),
    (r"except-as \1", rf"subject to (?:(?:the|any) exceptions? (?:in|of) )?{_SOURCE}"),
    (r"except", r"except for|with the exception of|excepting"),
    (r"required by \1", rf"(?:that|which) ({_RULE}) requires?(?! that)"),
    # modal verbs
    (r"need-not", rf"need not|needn't|{_BE} not (?:required|obliged|obligated|bound) to"
        rf"|do(?:es)? not (?:have|need) to"),
    (r"may-not", rf"(?:may|must|shall|can) not|cannot|can't|{_BE} not (?:allowed|permitted) to"),
    (r"that must", r"(?<!is )(?<!are )(?<!be )(?<!was )(?<!were )required to(?= be )"),
    (r"must", rf"must|shall|ha(?:s|ve) to|needs? to|{_BE} (?:required|obliged|obligated|bound) to|(?:is"
        rf"|are) to(?= be )"),
    (r"may", r"may|can|(?:is|are) (?:allowed|permitted|free) to"),
    (r"must-past", rf"had to|{_WAS} (?:required|obliged|bound) to"),
    (r"right to", r"(?:has|have) (?:the|a) right to|(?<!person )(?<!persons )(?:is|are) entitled to"),
    # denials
    (r"fail-not", r"fails? to|failing to"),
    (r"do-not", r"(?:does|do) not|doesn't|don't"),
    (r"did-not", r"did not|didn't|failed to"),
    # whether, if, when, why
    (r"whether-or-not", r"whether or not|regardless of whether|irrespective of whether|no matter whether"),
    (r"even-if", r"even (?:if|when|where)"),
    (r"although", r"although|even though|though|despite the fact that"),
    (r"only-if", r"only (?:if|when|where)"),
    (r"provided-that", r"provided(?: that|(?= the))|providing that|on condition that|as long as|so long as"),
    (r"as-applicable", r"(?:if|where|when) applicable"),
    (r"\1 on which", r"(date|day) (?:when|that|upon which|at which)"),
    (r"\1 which", r"(place|office|address|location|conference,?) where"),
    (r"if", r"if|when|where|in case|in the event that"),
    (r"because-of", r"because of|on account of|owing to|due to|by reason of"),
    (r"while", r"while|whereas|during such time as|during the time that|for as long as"),
    (r"whichever-less", r"whichever(?: amount| sum| figure| penalty)? (?:is|was) (?:the )?"
                       r"(?:less|lower|lesser|smaller)"),
    (r"whichever-more", r"whichever(?: amount| sum| figure| penalty)? (?:is|was) (?:the )?"
                       r"(?:more|higher|greater|larger)"),
    (r"whichever-later", r"whichever(?: date| day)?(?: is| was| comes| falls)(?: the)? later"),
    (r"whichever-earlier", r"whichever(?: date| day)?(?: is| was| comes| falls)(?: the)? earlier"),
    (r"lesser of", r"(?:lesser|lower|smaller) of"),
    (r"greater of", r"(?:greater|higher|larger) of"),
    # bounds
    (r"no-later", r"(?:no|not) later than|at the latest"),
    (r"at-least", r"at least|at a minimum|(?:a )?minimum of|(?:no|not) (?:less|fewer|shorter) than"),
    (r"at-most", r"(?:of )?(?:(?:no|not)(?: to)? exceed(?:ing)?|(?:no|not) (?:more|greater|longer"
        r"|higher) than"
                 r"|at (?:the )?most|up to|(?:a )?maximum of)"),
    (r"", r"an amount equal to"),
    # days and events
    (r"date of \1", r"\b(entry|importation|exportation|liquidation|payment|filing|release|issue|issuance"
        r"|receipt) date"),
    (r"on-or-after", r"on or after|on and after|from and after"),
    (r"before", r"before|prior to"),
    (r"upon", r"upon|on(?= receipt| completion| application| demand| payment| advance| reasonable| request)"),
    (r"under", r"under|pursuant to|in accordance with|according to|in conformity with"),
    (r"as-seen", r"as seen"),
    (r"for-example", r"for example|for instance"),
    (r"such-as", r"such as"),
    (r"by", r"on the basis of|by means of|by way of"),
    (r"in-place", r"in (?:the )?place of|instead of|in lieu of"),
    (r"besides", r"in addition to|besides|on top of"),
    (r"and", r"as well as"),
    (r"", r"in order(?= to )|so as(?= to )"),
    # who
    (r"person who", r"whoever|(?:any|some|every)(?:one|body) who|those who"),
    (r"any", r"all of the|any of the"),
    (r"cbp", r"u\.s\. customs and border protection|(?:the )?customs service|cbp|customs(?!-)"
             r"(?! (?:territory|laws?|brokers?|regulations?|duties|bond|bonded|purposes|officers?"
        r"|auditors?|facility"
             r"|value|business|transactions?|law|bonds|forms?|entries|compliance|declarations?|investigation"
             r"|custody|administration|recordkeeping|records?|summons|procedures?|union|data)\b)"),
    (r"customs-broker", r"custom(?:s|house|s house) broker"),
    (r"customs-officer", r"(?:customs|cbp) officer"),
    (r"customs-auditor", r"(?:customs|cbp) auditor"),
    (r"united-states", r"(?:the )?(?:united states(?: of america)?|u\.s\.)"),
    (r"korea-fta", r"kfta|korus|ukfta"),
    # verbs with their particles
    (r"relate", r"(?:relat|pertain)(?:e|es|ed|ing|s)?(?: to)|regarding|concerning|about|with (?:regard"
        r"|respect) to|in relation to"),
    (r"comply", r"compl(?:y|ies) with|be in compliance with|(?:is|are) in compliance with"),
    (r"participate", r"takes? part|(?:is|are) (?:a )?participants?|participates?"),
    (r"run from", r"(?:runs?|counts?|starts?|begins?|(?:is|are) counted) (?:from|on|with)"),
    (r"ran from", r"(?:ran|counted|started|began|(?:was|were) counted) (?:from|on|with)"),
    (r"take-effect", r"(?:takes?|taking) effect|(?:comes?|enters?) into (?:force|effect)|becomes? effective"),
    (r"took-effect", r"took effect|(?:came|entered) into (?:force|effect)|became effective"),
    (r"have-effect", r"have effect|having effect|be in effect"),
    (r"stop", r"ceas(?:e|es|ing) to|stops?|ceas(?:e|es|ing)"),
    (r"knowing that", r"(?:with (?:the )?knowledge|knowing) that"),
    (r"use produce", r"(?:used|use) (?:to produce|in producing|in the production of|for the production of)"),
    (r"is considered", r"(?:is|are) (?:considered|deemed|regarded as|treated as)|counts? as"),
    (r"give", r"giv(?:e|es|ing)"),
    (r"notify", r"(?:give|gives|giving) notice to"),
    (r"make available", r"mak(?:e|es|ing) (?:\w+ )?available"),
    (r"voluntary", r"voluntary"),
)  # fmt: skip

#: One class a line, its name first; inflections of each word are read by `inflection.stem`.
WORDS = """
keep retain maintain preserve
furnish supply provide
assess impose
allow permit
purchase buy
start begin commence
finish end conclude
show demonstrate
notice notification
insure ensure
automobile car
calculate compute
reproduce copy
lawyer attorney
obtain acquire
""".strip()

#: Nouns of the event of a verb: "the date of completion" is "the date on which it is completed".
EVENTS: dict[str, str] = {
    "completion": "complete", "issuance": "issue", "issue": "issue", "signature": "sign", "signing": "sign",
    "liquidation": "liquidate", "payment": "pay", "filing": "file", "receipt": "receive",
    "receiving": "receive",
    "revocation": "revoke", "submission": "submit", "importation": "import", "exportation": "export",
    "redelivery": "redeliver", "withdrawal": "withdraw", "removal": "remove",
}  # fmt: skip


def compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The phrases as patterns that begin and end at a word."""
    return tuple(
        (re.compile(rf"(?<![\w@-])(?:{pattern})(?![\w-])"), canonical) for canonical, pattern in PHRASES
    )
