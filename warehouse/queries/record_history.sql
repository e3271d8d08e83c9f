-- One row is a decision ever taken on a record, newest first.
SELECT
    run_no,
    verdict,
    criterion,
    decider,
    reason,
    decided_on
FROM screening_decision
WHERE record_id = $record_id
ORDER BY run_no DESC
