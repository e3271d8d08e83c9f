"""A back-test in front of a reader: as data, as a page with its picture, in a terminal."""
