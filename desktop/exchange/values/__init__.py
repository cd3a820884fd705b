"""Cells as what their field means: amounts, moments, phones, codes; each different one read once."""
