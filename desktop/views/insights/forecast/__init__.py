"""The months ahead."""
