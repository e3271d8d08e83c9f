"""The three policies by name, and what it takes to be an answer at all.

ours: what readers were told; it moves with a CHANGED and with nothing else (METHOD 5).
previous: the raw direction, told anew whenever it differs from the version before: no margin, no
announced state. Step-by-step comparison as METHOD 5 warns of.
significance: whether the pooled effect is significant (`significance`).
"""

from typing import Literal, get_args

Policy = Literal["ours", "previous", "significance"]

POLICIES: tuple[Policy, ...] = get_args(Policy)
# States that answer nothing yet: the first answer after them takes nothing back.
NOTHING = frozenset({"no_evidence", "not_addressed", "no_effects"})
