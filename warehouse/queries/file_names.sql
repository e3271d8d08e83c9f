-- One row is a file of one published version.
SELECT name FROM published_file WHERE version = $version ORDER BY name
