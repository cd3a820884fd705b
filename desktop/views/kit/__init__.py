"""What every screen is made of: theme, icons, tasks, notices, tables, charts and form fields."""
