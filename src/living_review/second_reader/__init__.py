"""A second reader: what a language model is asked of a record, and what of its answer holds.

Pure: the question goes out and the answer comes in through `model_endpoint.py`. What becomes of
an answer beside the rules' reading is for `synthesis.standing`.
"""
