-- One row: the judgement that holds on one thing about a record.
SELECT
    body,
    decider,
    reason
FROM current_judgement(2147483647)
WHERE record_id = $record_id AND subject = $subject AND target = $target
