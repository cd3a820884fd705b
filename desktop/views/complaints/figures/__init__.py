"""The figures of complaints as a screen: tiles, charts, tables, and their ways onto paper and into files."""
