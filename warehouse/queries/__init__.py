"""Questions to the store, each named after its answer."""
