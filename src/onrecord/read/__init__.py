"""Bytes to Documents: files, folders, globs, standard input, HTML, text dumps and JSON lines."""

from onrecord.read.document import find_broken, read_document, read_documents
from onrecord.read.jsonl import read_verbatim
from onrecord.read.origin import find_raw_span
from onrecord.read.source import iter_raw, iter_stream, list_folder

__all__ = [
    "find_broken",
    "find_raw_span",
    "iter_raw",
    "iter_stream",
    "list_folder",
    "read_document",
    "read_documents",
    "read_verbatim",
]
