"""The book itself: its tables, its file, its history, its search index and its migrations."""
