"""The lines that are furniture, by kind: each pattern must match a whole line.

A list of words is read from the front of the page templates in use; none names an outlet.
"""

from __future__ import annotations

import re

__all__ = ["COUNTED", "LINE_RULES", "LIST_OPENER", "NUMBER", "OPENER"]


def _words(*phrases: str) -> str:
    return "|".join(phrases)


NUMBER = r"\d{1,3}(?:[,.]\d{3})+|\d+(?:\.\d+)?\s?[kKmM]?"
COUNTED = _words("comments?", "views?", "shares?", "likes?", "reads?", "reactions?", "votes?")
_SHARE = _words(
    "share",
    "tweet",
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "telegram",
    "email",
    "e-mail",
    "print",
    "reddit",
    "pinterest",
    "copy link",
    "link copied",
    "messenger",
    "vk",
    "bluesky",
    "mastodon",
    "save",
    "gift",
    "instagram",
    "youtube",
    "rss",
    "pocket",
    "flipboard",
)
_NAVIGATION = _words(
    "home",
    "news",
    "world",
    "politics",
    "business",
    "sport",
    "sports",
    "opinion",
    "culture",
    "economy",
    "science",
    "tech",
    "technology",
    "health",
    "travel",
    "weather",
    "video",
    "videos",
    "photos",
    "live",
    "menu",
    "search",
    "sign in",
    "log in",
    "login",
    "register",
    "subscribe",
    "my account",
    "about us",
    "about",
    "contact",
    "contact us",
    "privacy",
    "privacy policy",
    "terms",
    "terms of use",
    "terms of service",
    "cookie policy",
    "cookies",
    "advertise",
    "careers",
    "help",
    "sitemap",
    "archive",
    "newsletters",
    "podcasts",
    "europe",
    "asia",
    "africa",
    "americas",
    "middle east",
    "uk",
    "us",
    "local",
    "regions",
    "features",
    "editions",
    "analysis",
    "comment",
    "latest",
    "more",
    "all news",
    "top stories",
    "press",
    "documents",
    "skip to content",
    "skip to main content",
    "back to top",
    "next",
    "previous",
    "close",
    "accessibility",
    "imprint",
    "jobs",
    "shop",
    "games",
    "lifestyle",
    "environment",
    "markets",
)
_SEPARATED = r"(?:\s*[|·•>»›/,–-]\s*|\s+(?:and\s+|&\s+)?)"
OPENER = _words(
    "read more",
    "read also",
    "also read",
    "see also",
    "read next",
    "up next",
    "related",
    "related article",
    "related stor(?:y|ies)",
    "more on this(?: story)?",
    "don't miss",
    "further reading",
    "recommended",
    "recommended for you",
    "you may also like",
    "editor's pick",
    "in case you missed it",
    "next (?:post|article|story)",
    "previous (?:post|article|story)",
    "watch",
    "watch also",
    "background",
    "explainer",
    "more from .{2,40}",
)
LIST_OPENER = _words(
    "most read",
    "most popular",
    "most viewed",
    "trending(?: now)?",
    "related (?:stories|articles|news|topics|posts|coverage|content|reading)",
    "you may also like",
    "recommended(?: for you)?",
    "latest (?:news|headlines)",
    "more (?:stories|news|headlines)",
    "more from .{2,40}",
    "popular(?: now| posts)?",
    "top stories",
    "editor's picks",
    "what to read next",
    "from the archive",
)

_BY_KIND: tuple[tuple[str, str], ...] = (
    (
        "share",
        (
            rf"(?:share(?: this)?(?: article| story| page| post)?(?: (?:on|via|with))?:?\s*)?"
            rf"(?:{_SHARE})(?:{_SEPARATED}(?:{_SHARE}))*:?"
        ),
    ),
    (
        "share",
        (
            r"share (?:this|the)(?: article| story| page| post| news)?(?: (?:on|via|with) "
            r".{1,40})?:?"
        ),
    ),
    ("share", r"(?:share|tweet|send|pin|post|email|print){2,}"),
    ("share", r"follow (?:us|.{2,40}) on .{2,60}"),
    ("navigation", rf"(?:{_NAVIGATION})(?:{_SEPARATED}(?:{_NAVIGATION}))+"),
    ("navigation", (r"(?:home|news|world|opinion|archive)(?:\s*[>»›/]\s*[^>»›/.!?]{2,40}){1,5}")),
    (
        "navigation",
        (
            r"(?:skip to (?:main )?content|back to top|menu|search|sign in|log in|home|"
            r"close"
            r"|subscribe|next (?:article|page|post)|previous (?:article|page|post))"
        ),
    ),
    (
        "advertisement",
        (
            r"[-–—\s]*(?:advertisements?|advert|sponsored(?: content)?|promoted|paid "
            r"post"
            r"|story continues below(?: advertisement)?|article continues (?:below|"
            r"after).{0,40}"
            r")[-–—\s]*"
        ),
    ),
    (
        "newsletter",
        (
            r"(?:[^.!?]{3,60}[?!] )?(?:sign up|subscribe|get)\b[^.!?]{0,80}\b(?:newsletters?|"
            r"briefings?|inbox|"
            r"alerts?"
            r"|updates)\b.{0,60}"
        ),
    ),
    (
        "newsletter",
        (
            r"(?:support our (?:journalism|work)|donate|become a (?:member|subscriber)|"
            r"subscribe now"
            r"|enter your e-?mail(?: address)?)\b.{0,60}"
        ),
    ),
    (
        "comments",
        (
            r"(?:leave|post|add|write) (?:a|your) (?:comment|reply)\b.{0,40}"
            r"|(?:log|sign) in to (?:comment|reply)\b.{0,40}|join the (?:discussion|"
            r"conversation)"
            r"|(?:view|show|read|load) (?:all |more )?comments|comments|be the first to "
            r"comment.{0,20}"
            r"|comments (?:are )?(?:closed|disabled|off)\b.{0,40}"
        ),
    ),
    ("legal", r"(?:©|\(c\)|copyright)\s.{2,160}|.{0,80}\ball rights reserved\b.{0,80}"),
    (
        "disclaimer",
        (
            r"(?:the )?(?:statements|views|opinions)\b.{0,80}\b(?:author|writer|"
            r"contributor)s?\b"
            r".{0,160}(?:represent|reflect|those of|position|views|policy).{0,120}"
        ),
    ),
    (
        "credit",
        (
            r"(?:photo|photograph|picture|image|illustration|graphic|map)s?(?: credit| "
            r"source| by)?"
            r"\s*[:©]\s*.{2,140}|image (?:source|caption|credit),\s*.{2,140}"
            r"|file (?:photo|picture)\b.{0,200}|©\s?.{2,80}"
        ),
    ),
    (
        "tags",
        (
            r"(?:tags?|topics?|filed under|keywords|categor(?:y|ies)|in this story)\s*:\s*.{2,"
            r"160}"
        ),
    ),
    (
        "tools",
        (
            r"\d{1,3}[- ]min(?:ute)?s?(?: read| listen)?|reading time:? .{1,20}"
            r"|listen to (?:this )?(?:article|story).{0,30}"
            r"|(?:play|pause|mute|volume|fullscreen)(?:[\s\d:/]*)|text size.{0,20}|a\s?a\s?a"
            r"|(?:print|download)(?: this)?(?: page| article| pdf)?|\d\d:\d\d\s?/\s?\d\d:\d\d"
        ),
    ),
    (
        "cookies",
        (
            r"(?:we|this (?:site|website)) uses? cookies\b.{0,240}|accept(?: all)?(?: "
            r"cookies)?"
            r"|manage (?:cookies|preferences|consent)|reject all"
        ),
    ),
    (
        "embed",
        (
            r"(?:pic\.twitter\.com|https?://|www\.)\S+|view (?:this )?post on \w+.{0,20}"
            r"|[-–—]\s?.{2,60}\(@\w{1,20}\).{0,40}"
        ),
    ),
    (
        "label",
        (
            r"(?:breaking|exclusive|opinion|op-ed|comment|commentary|analysis|editorial|column"
            r"|interview|feature|live|explainer|guest essay|viewpoint|news|press release|"
            r"statement"
            r"|transcript|for immediate release)\s*[:|]?"
        ),
    ),
    ("separator", r"[-–—_=*•·~#.\s]{2,}|end(?:s)?|#+|\*+"),
)
LINE_RULES = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _BY_KIND)
