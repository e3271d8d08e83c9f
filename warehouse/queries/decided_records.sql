-- One row is a current record of those asked for, with the decision that holds for it.
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
FROM decision_among($as_of, $cut, $basis, $record_ids::VARCHAR[]) AS decision
INNER JOIN record ON record.rowid = decision.record_place
ORDER BY record.record_id
