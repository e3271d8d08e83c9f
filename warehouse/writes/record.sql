-- One row is a parsed record.
INSERT INTO record (run_no, record_id, payload_hash, parser, content_hash, available_on, kind, pmid, doi, title, body)
SELECT
    run_no,
    record_id,
    payload_hash,
    parser,
    content_hash,
    available_on::VARCHAR::DATE,
    kind,
    pmid::VARCHAR,
    doi::VARCHAR,
    title,
    body
FROM incoming
