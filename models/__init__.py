"""The shop: its values, tables, rules and operations."""
