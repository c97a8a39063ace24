"""Goods: where they come from, what they cost, how many there are."""
