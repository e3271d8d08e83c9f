-- One row is a fact read off a record.
INSERT INTO tag (run_no, record_id, content_hash, reader, name, value, quote, tagger)
SELECT
    run_no,
    record_id,
    content_hash,
    reader,
    name,
    value,
    quote,
    tagger
FROM incoming
