"""What the cashier sees and touches, in Qt."""
