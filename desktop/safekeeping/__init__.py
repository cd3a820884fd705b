"""Keep the book safe: backups, restoring, checks, keys and privacy requests."""
