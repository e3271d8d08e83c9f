"""Tests of flows: what Prefect runs, shows, tries again and serves."""
