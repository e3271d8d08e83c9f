-- One row is the bytes of a record as received, once per content.
INSERT OR IGNORE INTO payload (payload_hash, format, body)
SELECT DISTINCT ON (payload_hash)
    payload_hash,
    format,
    body
FROM incoming
