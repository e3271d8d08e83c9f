-- One row is a file of one of these published versions with its bytes.
SELECT
    file.version,
    file.name,
    file.sha256,
    blob.body
FROM published_file AS file
INNER JOIN blob ON blob.sha256 = file.sha256
WHERE file.version IN (SELECT unnest($versions::VARCHAR[]))
ORDER BY file.version, file.name
