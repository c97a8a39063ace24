"""Tests of the shop itself: values, rules and operations."""
