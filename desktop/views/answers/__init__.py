"""Answers at hand: the button that inserts one into any text, the sheet to choose from, and their book."""
