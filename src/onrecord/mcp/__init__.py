"""A ledger as read-only tools of the Model Context Protocol."""
