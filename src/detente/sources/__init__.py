"""Reading an article: body, furniture, parties, quotations, hedges, and citations."""

from detente.sources.document import Document, SourceError
from detente.sources.read import ReadOptions, read, read_text

__all__ = ["Document", "ReadOptions", "SourceError", "read", "read_text"]
