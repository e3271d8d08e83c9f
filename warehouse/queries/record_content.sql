-- One row: the newest content of a record.
SELECT
    content_hash,
    title,
    body
FROM record
WHERE record_id = $record_id
ORDER BY run_no DESC
LIMIT 1
