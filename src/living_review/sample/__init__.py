"""The bundled corpus: real publications, abstracts in our own words (DESIGN 6)."""
