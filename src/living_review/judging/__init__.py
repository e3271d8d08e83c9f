"""What people say of a reading: which words they may use, and the tags that then hold.

Which findings hold is for `synthesis.standing`, where the readers' findings meet.
"""
