"""Going back to a backup: what is in it, what it costs, and the exchange."""
