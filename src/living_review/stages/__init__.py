"""One stage a module: read from the store, call the pure core, write back in one transaction.

Each stage is `run(review: Path, run_no: int) -> dict[str, int]` and may be called again after
a crash: what it works on is "has no current X", never "is new in this run".
"""
