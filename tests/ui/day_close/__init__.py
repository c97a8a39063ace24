"""Tests of the day close, its calendar and what is sold elsewhere."""
