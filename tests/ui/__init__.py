"""Stories and parts of what the cashier sees."""
