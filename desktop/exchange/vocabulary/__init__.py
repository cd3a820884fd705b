"""What files are told by: subjects, their fields, the headers these go by, and platforms' layouts."""
