"""The first tab: what matters, and where to look further."""
