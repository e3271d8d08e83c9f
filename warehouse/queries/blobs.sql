-- One row is a file of one published version with its bytes.
SELECT
    file.name,
    file.sha256,
    blob.body
FROM published_file AS file
INNER JOIN blob ON blob.sha256 = file.sha256
WHERE file.version = $version
ORDER BY file.name
