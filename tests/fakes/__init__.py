"""Stand-ins at the wire for what the program talks to."""
