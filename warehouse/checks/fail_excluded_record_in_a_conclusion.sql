-- One row is a record that bears on a conclusion although its current decision is not include.
SELECT
    used.claim,
    used.record_id
FROM (
    SELECT
        claim,
        unnest(from_json(json_extract(evidence, '$.records'), '["VARCHAR"]')) AS record_id
    FROM (
        SELECT
            claim,
            unnest(from_json(json_extract(body, '$.evidence'), '["JSON"]')) AS evidence
        FROM draft_conclusion
        WHERE draft = $draft
    )
    UNION
    SELECT
        claim,
        unnest(json_extract_string(body, '$.reviews[*].record')) AS record_id
    FROM draft_conclusion
    WHERE draft = $draft
) AS used
ANTI JOIN (
    SELECT record_id FROM current_decision($as_of, $cut, $basis) WHERE verdict = 'include'
) AS included ON included.record_id = used.record_id
ORDER BY ALL
