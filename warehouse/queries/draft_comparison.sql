-- One row: what a draft changes.
SELECT
    part,
    body
FROM draft_comparison
WHERE draft = $draft
