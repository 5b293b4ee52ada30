"""Single words: their stem and voice, and the classes that grammar makes of them."""

from __future__ import annotations

from functools import lru_cache

from assistant.answering.grounding.equivalences import EVENTS, WORDS

#: Words that may come and go: they join or point, and the order of the words about them is checked.
FREE = frozenset(
    "of to in on at for with as the a an this that these those such who which whom whose it its itself they"
    " them their he his also whether likewise there being been both either same have has"
    " thereof therein".split()
)
PRONOUNS = frozenset("it its they them their he his this these those such".split())
ARTICLES = frozenset("a an".split())
DEFINITE = frozenset("the this that these those such its their his".split())
UNIVERSAL = frozenset("any all each every".split())
#: A "which" behind "say" keeps its own name (`tokens.read`), and opens a clause as any other does.
ASKED = frozenset("that which whether who whose what how".split())
RELATIVE = frozenset("who which whose whom that".split()) | {f"{word}-asked" for word in ASKED}
MODALS = frozenset("must may need-not may-not must-past will would should could might right".split())
JOINS = frozenset("and or".split())
#: What may open a clause or a phrase that says when, how or under what a thing is done.
HEADS = frozenset(
    """for from after before until through within during upon under by if unless except except-as only-if
    provided-that as-applicable although even-if whether-or-not while because because-of since in at on
    no-later on-or-after whichever-less whichever-more whichever-later whichever-earlier besides
    in-place""".split()
)
#: What limits the clause it stands in: it is never left out while that clause is kept.
LIMITS = frozenset(
    "unless except except-as only only-if if provided-that as-applicable but however otherwise until"
    " whichever-less whichever-more whichever-later whichever-earlier inference infer excerpt mistake seen"
    " public established verified former no not do-not did-not may-not never nothing".split()
)
#: What can be nothing but the verb of a clause, where it stands in this form; no word that is a noun too.
FINITE = frozenset(
    """adds adopts advises allows amends appears applies approves asks assesses authorizes becomes begins
    belongs binds carries causes ceases comes completes complies considers continues creates decides
    declares defines demonstrates describes determines differs exceeds exempts exists explains extends
    fails follows furnishes gives goes governs has holds imposes includes informs involves keeps lets
    maintains makes meets notifies obliges pertains prescribes preserves produces prohibits protects
    provides qualifies reaches receives refers refuses relates relieves remains renders requires
    restores retains satisfies says sends serves settles speaks specifies submits suspends takes tells
    treats understands verifies waives""".split()
) | {"take-effect", "took-effect", "run", "ran", "include", "bind", "agree"}
_IRREGULAR = {
    form: (stem, "ed")
    for stem, forms in {
        "keep": "kept", "make": "made", "give": "given gave", "send": "sent", "sell": "sold", "bind": "bound",
        "hold": "held", "know": "known knew", "take": "taken took", "begin": "begun began", "run": "ran",
        "buy": "bought", "bring": "brought", "find": "found", "mean": "meant", "say": "said", "put": "put",
        "pay": "paid", "show": "shown", "withdraw": "withdrawn withdrew", "write": "written wrote",
        "lose": "lost", "build": "built", "tell": "told", "leave": "left", "draw": "drawn", "come": "came",
        "become": "became", "arise": "arisen arose", "choose": "chosen chose", "carry": "carried",
        "lie": "lay", "stand": "stood", "let": "let", "set": "set",
    }.items()
    for form in forms.split()
}  # fmt: skip
_DOUBLED = frozenset("bb dd gg mm nn pp rr tt".split())


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """A stem to the first stem of its class."""
    return {
        stem(word)[0]: stem(words.split()[0])[0] for words in WORDS.splitlines() for word in words.split()
    }


@lru_cache(maxsize=8_192)
def read_word(word: str) -> tuple[str, str]:
    """(class, voice) of a lower-case word; the voice is ``ed`` for a past or passive form, else empty."""
    if word in EVENTS:
        return f"{stem(EVENTS[word])[0]}-event", ""
    root, voice = stem(word)
    return _classes().get(root, root), voice


@lru_cache(maxsize=8_192)
def stem(word: str) -> tuple[str, str]:
    """A word without its inflection, and its voice; endings that make another word of it stay."""
    word = word.removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        root, voice = _IRREGULAR[word]
        return _bare(root), voice
    if word.endswith("ied") and len(word) > 4:
        return _bare(word[:-3] + "y"), "ed"
    if word.endswith("ies") and len(word) > 4:
        return _bare(word[:-3] + "y"), ""
    for ending, voice in (("ed", "ed"), ("ing", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith(("ss", "us", "is")):
            if ending == "es" and not word.endswith(("sses", "shes", "ches", "xes", "zes")):
                continue
            root = word[: -len(ending)]
            return _bare(root[:-1] if root[-2:] in _DOUBLED else root), voice
    return _bare(word), ""


def _bare(word: str) -> str:
    """Without a last e, so that "produce" and "producing" meet."""
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
