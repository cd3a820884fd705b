"""The counter: a large, quiet window for the till."""
