"""The profile: who one customer is, how they are, and what comes next."""
