"""Reading an article: body, furniture, parties, quotations, hedges, and citations."""

from detente.sources.actors import Actor, Mention
from detente.sources.anchors import (
    Anchor,
    Citation,
    check,
    cite,
    cite_passage,
    resolve,
)
from detente.sources.coverage import Weight, uncited, weights
from detente.sources.decode import Limits
from detente.sources.document import (
    Annotation,
    Block,
    Document,
    Engine,
    Field,
    Metadata,
    Passage,
    PassageError,
    Role,
    SourceError,
    Status,
    text_hash,
)
from detente.sources.drafting import Draft, Drafted, Proposal, Refused, draft, verify
from detente.sources.export import to_dict, to_schema_org
from detente.sources.provenance import (
    Balance,
    Defect,
    SourceRecord,
    VoicedSentence,
    independent,
    source_record,
    voice_balance,
    voices,
)
from detente.sources.quotes import Quote, find_quote, quote_of
from detente.sources.read import ReadOptions, read, read_text
from detente.sources.search import Hit, search
from detente.sources.suggest import Suggestion, Suggestions, suggest
from detente.sources.web_annotation import from_web_annotation, to_web_annotation

__all__ = [
    "Actor",
    "Anchor",
    "Annotation",
    "Balance",
    "Block",
    "Citation",
    "Defect",
    "Document",
    "Draft",
    "Drafted",
    "Engine",
    "Field",
    "Hit",
    "Limits",
    "Mention",
    "Metadata",
    "Passage",
    "PassageError",
    "Proposal",
    "Quote",
    "ReadOptions",
    "Refused",
    "Role",
    "SourceError",
    "SourceRecord",
    "Status",
    "Suggestion",
    "Suggestions",
    "VoicedSentence",
    "Weight",
    "check",
    "cite",
    "cite_passage",
    "draft",
    "find_quote",
    "from_web_annotation",
    "independent",
    "quote_of",
    "read",
    "read_text",
    "resolve",
    "search",
    "source_record",
    "suggest",
    "text_hash",
    "to_dict",
    "to_schema_org",
    "to_web_annotation",
    "uncited",
    "verify",
    "voice_balance",
    "voices",
    "weights",
]
