-- One row is a payload that could not be parsed, with the reason.
INSERT INTO unreadable (run_no, record_id, payload_hash, parser, reason)
SELECT
    run_no,
    record_id,
    payload_hash,
    parser,
    reason
FROM incoming
