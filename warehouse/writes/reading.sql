-- One row is a record content read by one reader.
INSERT INTO reading (run_no, record_id, content_hash, reader)
SELECT
    run_no,
    record_id,
    content_hash,
    reader
FROM incoming
