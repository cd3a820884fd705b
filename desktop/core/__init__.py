"""What every layer may use: no Qt, no database, cheap to import."""
