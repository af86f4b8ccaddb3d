"""A ledger in the formats of other programs: one module a format, each with one function `write`."""

from __future__ import annotations

from onrecord.export.writing import FORMATS, STANDARD_OUTPUT, Format, export_ledger

__all__ = ["FORMATS", "STANDARD_OUTPUT", "Format", "export_ledger"]
