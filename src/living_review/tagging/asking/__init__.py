"""Free questions: arms and an outcome in the asker's own words, put to one record.

It reads with the taggers' clauses and cues, but no conclusion rests on it: an update never asks.
So it has no part in the `VERSION` of the taggers, and mending it reads nothing again.
"""

from living_review.tagging.asking.asked import Question
from living_review.tagging.asking.questions import Answer, answer

__all__ = ["Answer", "Question", "answer"]
