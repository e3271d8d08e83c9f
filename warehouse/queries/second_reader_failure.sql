-- One row: why the second reader could not be asked, the last time that it could not.
SELECT
    as_of,
    reason
FROM source_failure
WHERE name = $second_reader AND run_no <= $cut
ORDER BY run_no DESC, rowid DESC
LIMIT 1
