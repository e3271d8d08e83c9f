-- One row is a record whose current content has no decision by the current criteria that knows
-- the newest judgement of it: `judged` are record ids, `judged_in` the runs of those judgements.
SELECT
    record.record_id,
    record.content_hash
FROM current_record($as_of, $cut) AS record
LEFT JOIN (
    SELECT
        unnest($judged::VARCHAR[]) AS record_id,
        unnest($judged_in::INTEGER[]) AS run_no
) AS judged ON judged.record_id = record.record_id
WHERE NOT EXISTS (
    FROM screening_decision AS decision WHERE decision.record_id = record.record_id
        AND decision.content_hash = record.content_hash AND decision.basis = $basis
        AND decision.run_no > coalesce(judged.run_no, -1)
)
ORDER BY record.record_id
