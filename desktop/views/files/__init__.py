"""Files kept with a record: shown, added, opened, taken out."""
