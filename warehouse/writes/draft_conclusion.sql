-- One row is the conclusion on one claim in a draft.
INSERT INTO draft_conclusion (run_no, draft, ordinal, claim, direction, certainty, body)
SELECT
    run_no,
    draft,
    ordinal,
    claim,
    direction::VARCHAR,
    certainty::VARCHAR,
    body
FROM incoming
