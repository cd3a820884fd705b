"""Who is leaving, what is at stake, and what the warning is worth."""
