"""Import and export: bringing files in, step by step, and taking lists out."""
