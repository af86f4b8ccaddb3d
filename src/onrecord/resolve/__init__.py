"""Statements to claims: who asserts, who denies, what only echoes, and where a claim stands on any day."""

from onrecord.resolve.base import ClaimStore, Embeds, Reads, Resolution
from onrecord.resolve.memory import MemoryStore
from onrecord.resolve.pages import Prepared, add_documents, prepare_document, remove_documents, resolve_documents

__all__ = [
    "ClaimStore",
    "Embeds",
    "MemoryStore",
    "Prepared",
    "Reads",
    "Resolution",
    "add_documents",
    "prepare_document",
    "remove_documents",
    "resolve_documents",
]
