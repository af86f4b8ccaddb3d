"""The REST interface of a ledger."""
