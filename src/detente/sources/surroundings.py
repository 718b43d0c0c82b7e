"""Words around a name that tell whether it acts, is acted on, owns an office, or is a place."""

from __future__ import annotations

import re

from detente.sources.lexicon import CUES

__all__ = [
    "ADJECTIVE",
    "AGENT_AFTER",
    "AGENT_BEFORE",
    "JOINED",
    "NICKNAME",
    "OFFICE_AFTER",
    "OWNER_AFTER",
    "PASSIVE",
    "PLACE_BEFORE",
    "SITE_BEFORE",
]

_AUXILIARY = (
    "has have had will would may might must can could should did does do wants want wanted is are "
    "was were refuses refused agreed agrees plans planned offers offered seeks sought holds held "
    "keeps kept wins won needs needed began begins came went left met meets gave gives took takes "
    "found thought sought lost paid told went rose fell drew withdrew broke chose wrote spoke "
    "struck sent built builds fears feared expects expected controls controlled owns owned runs ran"
)
_VERB = "|".join([*_AUXILIARY.split(), *sorted(CUES)])
AGENT_AFTER = re.compile(
    rf"(?:'s?)?(?: |, [^,.;]{{2,70}}, )(?:\w+ly |also |now |still |never |once again |again |"
    rf"then |not )?"
    rf"(?:{_VERB}|[a-z]{{3,}}(?:ed|ing))\b(?! been\b)"
)
PASSIVE = re.compile(r" (?:is|are|was|were|has been|had been|will be|would be) [a-z]+(?:ed|en)\b")
_OFFICE = (
    "government|president|minister|ministry|parliament|navy|army|leaders?|envoy|negotiators?|"
    "council|"
    "ambassador|premier|prime|foreign|officials?|delegation|fleet|capital|people|side|position|"
    "refusal|"
    "offer|demands?|proposal|consent|terms|interests|citizens|spokesman|spokeswoman|chief|cabinet|"
    "farmers|fishermen|troops|soldiers|board|lawyers|chairman|director|representatives?|claims?"
)
OFFICE_AFTER = re.compile(rf"(?:'s?)? (?:[a-z]+ ){{0,2}}(?:{_OFFICE})\b")
OWNER_AFTER = re.compile(rf"'s? (?:[a-z]+ ){{0,2}}(?:{_OFFICE})\b")
AGENT_BEFORE = re.compile(
    r"\b(?:spokes(?:man|woman|person) (?:of|for)|speak(?:ing|s) for|"
    r"by|between|against|told|urged?|urges|asked|accused?|according to|behalf of|talks "
    r"with|met|met with|(?:mayor|minister|president|leader|governor|people|council|envoy) of|"
    r"pressed?|government of|republic of|kingdom of|state of|delegations? (?:of|from)|side of|"
    r"thanked|warned)"
    r"(?: the)? $",
    re.IGNORECASE,
)
PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|across|into|through|inside|throughout|visit(?:ed)? to|"
    r"travel\w* to|flew to|"
    r"arrived (?:in|from)|capital|city of|town of|port of|parts of|off|from|to)(?: the| "
    r"north\w*| south\w*| east\w*"
    r"| west\w*| central)? $",
    re.IGNORECASE,
)
SITE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|around|through|inside|off|across|over)(?: the)? $"
)
JOINED = re.compile(r"\b(?:and|both) $")
NICKNAME = re.compile(r"(?P<given>[A-Z][\w'-]+) [\"“][^\"“”]{1,60}[\"”] $")
ADJECTIVE = re.compile(r"(?:ese|ish|ian|ean|an|n|i|ic|er|ers|ians|ans|ns|is)$")
