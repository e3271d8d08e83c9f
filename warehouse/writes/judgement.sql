-- One row is what a person says of one thing that was read off a record, or takes back.
INSERT INTO judgement (run_no, record_id, content_hash, subject, target, withdrawn, body, read_then, reason, decider, decided_on)
SELECT
    run_no,
    record_id,
    content_hash,
    subject,
    target,
    withdrawn,
    body,
    read_then,
    reason,
    decider,
    decided_on::DATE
FROM incoming
