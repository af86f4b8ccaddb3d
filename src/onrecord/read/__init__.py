"""Bytes to Documents: files, folders, stores, archives, tables, standard input; HTML and text dumps."""

from onrecord.read.document import find_broken, read_document, read_documents, read_page
from onrecord.read.jsonl import read_verbatim
from onrecord.read.origin import find_raw_span
from onrecord.read.source import find_file, iter_raw, iter_stream, list_archives, list_folder
from onrecord.read.stored import is_stored, list_stored

__all__ = [
    "find_broken",
    "find_file",
    "find_raw_span",
    "is_stored",
    "iter_raw",
    "iter_stream",
    "list_archives",
    "list_folder",
    "list_stored",
    "read_document",
    "read_documents",
    "read_page",
    "read_verbatim",
]
