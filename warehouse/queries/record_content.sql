-- One row: the current content of a record, whenever it becomes available.
SELECT
    content_hash,
    title,
    body
FROM current_record(DATE '9999-12-31', 2147483647)
WHERE record_id = $record_id
