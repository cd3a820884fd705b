"""Ask the book: ids, frozen rows and arrays; nothing here writes."""
