-- One row is the bytes of a published file, once per content.
INSERT OR IGNORE INTO blob (sha256, body)
SELECT DISTINCT ON (sha256)
    sha256,
    body
FROM incoming
