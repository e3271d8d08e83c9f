-- One row is what a draft changes.
INSERT INTO draft_comparison (run_no, draft, part, body)
SELECT
    run_no,
    draft,
    part,
    body
FROM incoming
