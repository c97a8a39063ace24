"""Walks through the pages of the till, for tests.screens."""
