"""What is current, as of a date and a cut; made again at each start."""
