-- One row is a record content that is compared with all others, or a record that went.
INSERT INTO linking (run_no, record_id, content_hash, rules)
SELECT
    run_no,
    record_id,
    content_hash::VARCHAR,
    rules
FROM incoming
