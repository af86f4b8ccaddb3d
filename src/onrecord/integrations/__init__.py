"""onrecord inside other libraries."""
