-- One row is a judgement that holds, with the text it was made on and what the rules read then.
SELECT
    judgement.record_id,
    judgement.subject,
    judgement.target,
    judgement.body,
    judgement.read_then,
    judgement.reason,
    judgement.decider,
    judgement.decided_on,
    record.body AS record
FROM current_judgement(2147483647) AS judgement
INNER JOIN record
    ON record.record_id = judgement.record_id AND record.content_hash = judgement.content_hash
QUALIFY row_number() OVER (
    PARTITION BY judgement.record_id, judgement.subject, judgement.target ORDER BY record.run_no DESC, record.parser DESC
) = 1
ORDER BY judgement.record_id, judgement.subject, judgement.target
