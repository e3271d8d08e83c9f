"""Pages above the version folders: they span versions and are always made again.

None of them reads a clock: dates are those of the versions and of `freshness`.
"""
