"""Reading an article: body, furniture, parties, quotations, hedges, and citations."""

from detente.sources.actors import Actor, Mention
from detente.sources.anchors import (
    Anchor,
    Citation,
    check,
    cite,
    cite_passage,
    from_web_annotation,
    resolve,
    to_web_annotation,
)
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
from detente.sources.read import ReadOptions, read, read_text
from detente.sources.search import Hit, search
from detente.sources.suggest import Suggestion, Suggestions, suggest

__all__ = [
    "Actor",
    "Anchor",
    "Annotation",
    "Balance",
    "Block",
    "Citation",
    "Defect",
    "Document",
    "Engine",
    "Field",
    "Hit",
    "Limits",
    "Mention",
    "Metadata",
    "Passage",
    "PassageError",
    "ReadOptions",
    "Role",
    "SourceError",
    "SourceRecord",
    "Status",
    "Suggestion",
    "Suggestions",
    "VoicedSentence",
    "check",
    "cite",
    "cite_passage",
    "from_web_annotation",
    "independent",
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
    "voice_balance",
    "voices",
]
