"""Whether the journal can be trusted: its tables, its key, and what verifies it."""
