"""Types of borax, as far as it is used."""
