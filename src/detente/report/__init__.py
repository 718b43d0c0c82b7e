"""Reports: one document worth handing over, as a page, as Markdown or as PDF."""

from detente.report.attachments import Attachments, gather
from detente.report.blocks import Document, Section
from detente.report.building import build
from detente.report.findings import Options
from detente.report.html import html
from detente.report.markdown import markdown
from detente.report.pdf import pdf

__all__ = [
    "Attachments",
    "Document",
    "Options",
    "Section",
    "build",
    "gather",
    "html",
    "markdown",
    "pdf",
]
