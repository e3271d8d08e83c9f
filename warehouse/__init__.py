"""All SQL of the program: a file is found by its name and answers one thing."""
