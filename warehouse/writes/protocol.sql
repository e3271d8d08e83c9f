-- One row is the protocol of a run, once per wording.
INSERT INTO protocol (protocol_hash, body, run_no)
SELECT
    protocol_hash,
    body,
    run_no
FROM incoming
