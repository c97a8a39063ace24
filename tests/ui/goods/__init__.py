"""Tests of the goods page, one file a panel."""
