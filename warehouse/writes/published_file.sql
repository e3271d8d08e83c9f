-- One row is a file of a published version.
INSERT INTO published_file (version, name, sha256)
SELECT
    version,
    name,
    sha256
FROM incoming
