"""A second answer, slow and plain: METHOD and DECISIONS again, without what `src` is built on.

No numpy, no scipy and no function of `living_review`, only its nouns. Quantiles are found by
bisection, τ² by looking, leaving a study out by weighing again without it.
"""
