"""`python -m living_review` is the same as `living-review`."""

from living_review.cli import main

main()
