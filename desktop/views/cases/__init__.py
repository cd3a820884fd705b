"""Service cases: their list, one of them with its steps, and the forms of its life."""
