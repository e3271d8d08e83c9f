-- One row is a record whose current content has no decision by the current criteria.
SELECT
    record.record_id,
    record.content_hash,
    record.body
FROM current_record($as_of, $cut) AS record
WHERE NOT EXISTS (
    FROM screening_decision AS decision WHERE decision.record_id = record.record_id
        AND decision.content_hash = record.content_hash AND decision.basis = $basis
)
ORDER BY record.record_id
