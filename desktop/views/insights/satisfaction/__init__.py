"""Are customers happier, where, and why."""
