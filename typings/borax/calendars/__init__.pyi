"""Types of borax.calendars, as far as it is used."""
