-- One row is a study that settles a claim which studies of its design cannot settle.
SELECT
    evidence.claim,
    evidence.study,
    evidence.design
FROM draft_evidence($draft) AS evidence
WHERE evidence.settles AND NOT EXISTS (
    SELECT 1
    FROM (
        SELECT unnest(from_json($settled_by, '[{"claim": "VARCHAR", "design": "VARCHAR"}]')) AS may
    )
    WHERE may.claim = evidence.claim AND may.design = evidence.design
)
ORDER BY ALL
