"""Shipped models: a name to its files, their checksums, a version, and ONNX sessions that are loaded once."""

from onrecord.inference.model import Model, load_model, write_manifest

__all__ = ["Model", "load_model", "write_manifest"]
