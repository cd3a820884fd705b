"""Today: the shop's figures and what is worth doing now."""
