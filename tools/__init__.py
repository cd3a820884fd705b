"""Tools for those who work on Shuke: translations and third-party notices."""
