"""The pages of a ledger, rendered on the server."""
