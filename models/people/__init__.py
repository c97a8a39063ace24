"""People: who works at the till."""
