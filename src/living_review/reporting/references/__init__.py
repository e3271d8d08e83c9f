"""Records for other programs: one writer a format, each a pure function of the references.

A writer is a module here with `render(references)`, which gives bytes.
"""

from living_review.reporting.references.reference import Reference

__all__ = ["Reference"]
