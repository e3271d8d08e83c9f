-- One row is the conclusion on one claim in a draft, in the protocol's order.
SELECT body FROM draft_conclusion WHERE draft = $draft ORDER BY ordinal
