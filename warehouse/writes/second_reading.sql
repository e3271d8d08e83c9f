-- One row is a record content read by a second reader: what held, and why the rest did not.
INSERT INTO second_reading (run_no, record_id, content_hash, reader, findings, discarded)
SELECT
    run_no,
    record_id,
    content_hash,
    reader,
    findings,
    discarded
FROM incoming
