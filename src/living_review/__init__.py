"""Keep one systematic review alive: from new records to changed conclusions."""

__version__ = "0.1.0"
