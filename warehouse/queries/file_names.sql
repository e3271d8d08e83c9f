-- One row is a file of a published version.
SELECT
    version,
    name
FROM published_file
ORDER BY version, name
