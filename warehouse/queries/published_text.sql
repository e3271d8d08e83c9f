-- One row is one file of a published version, by its name.
SELECT blob.body
FROM published_file AS file
INNER JOIN blob ON blob.sha256 = file.sha256
WHERE file.version = $version AND file.name = $name
