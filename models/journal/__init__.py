"""The journal: one chain of records of all that was done at the till (TRUST.md B)."""
