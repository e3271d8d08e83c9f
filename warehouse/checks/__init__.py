"""Data rules, each giving the rows that break it; `fail_` stops publication."""
