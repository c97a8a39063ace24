"""The campaigns that prove what TRUST.md promises: ``python -m tests.prove``."""
