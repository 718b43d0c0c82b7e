"""The words the rules go by: verbs of saying, hedges, judgements. The same for every party."""

from __future__ import annotations

import re

from detente.sources.fold import words

__all__ = ["ATTRIBUTION", "CUES", "FRAMING", "JUDGEMENT", "SPEAKER_NOUNS"]

# Framing of the cue: neutral, factive (the verb presupposes the claim), distancing (it doubts it).
_VERBS = {
    "neutral": (
        "say says said saying|tell tells told telling|state states stated stating|"
        "announce announces announced announcing|declare declares declared declaring|"
        "add adds added adding|explain explains explained explaining|report reports reported|"
        "describe describes described describing|call calls called|write writes wrote written|"
        "reply replies replied|answer answers answered|ask asks asked asking|"
        "argue argues argued arguing|note notes noted noting|comment comments commented|"
        "observe observes observed|remark remarks remarked|respond responds responded|"
        "promise promises promised|pledge pledges pledged|vow vows vowed|predict predicts "
        "predicted|"
        "warn warns warned warning|urge urges urged urging|demand demands demanded demanding|"
        "believe believes believed|think thinks thought|hope hopes hoped|insist insists "
        "insisted insisting|"
        "stress stresses stressed stressing|emphasise emphasises emphasised|emphasize "
        "emphasizes emphasized|"
        "propose proposes proposed|suggest suggests suggested suggesting|signal signals "
        "signalled signaled|"
        "praise praises praised praising|welcome welcomes welcomed|dismiss dismisses dismissed "
        "dismissing|"
        "reject rejects rejected|criticise criticises criticised|criticize criticizes criticized|"
        "condemn condemns condemned condemning|tweet tweets tweeted|estimate estimates estimated|"
        "quote quotes quoted|deny denies denied denying|threaten threatens threatened|"
        "complain complains complained|conclude concludes concluded|continue continued|repeat "
        "repeats repeated|"
        "accuse accuses accused accusing|doubt doubts doubted|agree agrees agreed|caution "
        "cautions cautioned|joke joked|"
        "testify testified|decry decries decried|put"
    ),
    "factive": (
        "admit admits admitted admitting|acknowledge acknowledges acknowledged acknowledging|"
        "confirm confirms confirmed confirming|reveal reveals revealed|point points pointed|"
        "recognise recognises recognised|recognize recognizes recognized|concede concedes "
        "conceded conceding|"
        "remind reminds reminded reminding|disclose discloses disclosed"
    ),
    "distancing": (
        "claim claims claimed claiming|allege alleges alleged alleging|assert asserts asserted|"
        "purport purports purported|maintain maintains maintained|contend contends contended"
    ),
}
FRAMING: dict[str, str] = {
    form: framing
    for framing, verbs in _VERBS.items()
    for verb in verbs.split("|")
    for form in verb.split()
}
CUES = frozenset(FRAMING)
ATTRIBUTION = re.compile(
    r"\b(?:said|told|according to|announced|reported|stated|warned|added|confirmed|denied|"
    r"declared|spokes(?:man|woman|person)|in a statement|officials?)\b",
    re.IGNORECASE,
)

SPEAKER_NOUNS = words(
    "spokesman spokeswoman spokesperson official officials minister ministers ministry "
    "president premier chancellor envoy ambassador diplomat diplomats negotiator negotiators "
    "mediator mediators source sources government leader leaders general admiral commander "
    "commission commissioner chairman chairwoman chair secretary adviser advisers aide aides "
    "critics analyst analysts expert experts union council mayor governor delegate delegates "
    "delegation statement report communique communiqué opposition lawmakers parliament "
    "observers witnesses witness residents farmers fishermen spokesmen office embassy "
    "directorate company board director manager engineer engineers lawyer lawyers court judge "
    "people author professor chief head deputy senator king queen captain skipper skippers "
    "owner operator agency authority committee cabinet army navy side sides man woman "
    "resident farmer fisherman captains officer officers soldier soldiers scientist "
    "scientists researcher researchers historian historians defenders admirers supporters "
    "rivals rival economist economists islanders person firm tribunal miners workers dockers "
    "strikers nurses teachers students voters police neighbours colleagues friend friends "
    "lender lenders investors shareholders pilots sailors crew landlord tenants forecasters "
    "opponents allies ally spokespeople clerk guard guards merchant merchants trader traders "
    "villagers ministries monarch press newspaper paper authorities member members company "
    "ministry canton city town village state states guild bank parties party movement rebels "
    "militia faction chamber senate cooperative representative representatives foreman "
    "inspector inspectors coordinator founder editor"
)

# The author's own evaluation. Each word counts for whomever it is said of.
JUDGEMENT = re.compile(
    r"\b(?:(?:is|are|was|were) (?:simply |quite |absolutely |entirely |plainly |dead )?(?:right|"
    r"wrong|mistaken)"
    r"|ha(?:s|ve|d) a point"
    r"|(?:good|bad|welcome|terrible|wonderful) news|misguided|harmful|silly|foolish|absurd|"
    r"ridiculous|hysteri\w+"
    r"|reckless(?:ly)?|shameful(?:ly)?|disgraceful|cowardly|cynical(?:ly)?|hypocri\w+|naive|"
    r"naïve|stupid(?:ity)?"
    r"|senseless|pointless|dangerous(?:ly)?|irresponsible|outrageous|courageous|wise(?:ly)?|"
    r"brave(?:ly)?"
    r"|admirable|sensible|prudent|realistic|delusion\w*|fail(?:s|ed)? to (?:realize|realise|"
    r"understand|see|grasp)"
    r"|hardliners?|hawks?|warmongers?|appease(?:rs?|ment)|unfortunate(?:ly)?|regrettabl[ey]|sadly"
    r"|fortunately|thankfully|luckily|rightly|wrongly|long overdue|overdue|nonsense|folly|farce|"
    r"charade|bluff"
    r"|needless to say|in truth|make no mistake"
    r"|inexcusable|unforgivable|unacceptable|deplorable|pathetic|laughable|toothless|"
    r"stubborn(?:ly|ness)?"
    r"|had better|ought to|should (?:be|stop|have|not|never|think|accept|admit|remember|do|take|"
    r"start))\b"
)
