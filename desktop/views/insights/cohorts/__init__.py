"""Who stays, by when they first came."""
