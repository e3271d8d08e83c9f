-- One row is a screening decision that was ever made on a record asked for, in the order they were made.
SELECT
    record_id,
    verdict,
    decider,
    reason,
    decided_on
FROM screening_decision
WHERE run_no <= $cut AND record_id IN (SELECT unnest($record_ids::VARCHAR[]))
ORDER BY record_id, run_no, decider, verdict
