"""Selling: baskets, sales, payments and the shifts they belong to."""
