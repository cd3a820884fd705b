"""Files as they are: told by their content, read in a process of its own, handed over as tables."""
