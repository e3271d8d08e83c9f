"""What appends the rows of `incoming` to a table, each named after it."""
