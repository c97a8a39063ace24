"""Random days of a shop: what happens at a till, and what it should come to."""
