"""Pages above the version folders: they span versions, and go on with them.

None of them reads a clock: dates are those of the versions and of `freshness`.
"""
