"""What makes the tables, in order; a migration that has run is never edited."""
