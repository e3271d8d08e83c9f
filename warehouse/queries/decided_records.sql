-- One row is a current record with the decision that holds for it.
SELECT
    record.record_id,
    record.content_hash,
    record.available_on,
    record.doi,
    record.body,
    decision.verdict,
    decision.criterion,
    decision.decider,
    decision.safety_signal,
    decision.reason,
    decision.answers
FROM current_record($as_of, $cut) AS record
INNER JOIN current_decision($as_of, $cut, $basis) AS decision ON decision.record_id = record.record_id
ORDER BY record.record_id
