-- One row is a key by which other records find a record content.
INSERT INTO link_key (run_no, record_id, content_hash, rules, key)
SELECT
    run_no,
    record_id,
    content_hash,
    rules,
    key
FROM incoming
