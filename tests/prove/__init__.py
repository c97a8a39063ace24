"""Long tests that `make prove` runs and tells in one table (TRUST.md 7)."""
