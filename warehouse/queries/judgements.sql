-- One row is a judgement that holds on a current record, in the order they were made.
SELECT
    judgement.run_no,
    judgement.record_id,
    judgement.subject,
    judgement.target,
    judgement.body,
    judgement.reason,
    judgement.decider,
    judgement.content_hash <> record.content_hash AS changed_since
FROM current_judgement($cut) AS judgement
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = judgement.record_id
ORDER BY judgement.run_no, judgement.record_id, judgement.subject, judgement.target
