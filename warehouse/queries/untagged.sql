-- One row is a record whose current content this reader has not read yet.
SELECT
    record.record_id,
    record.content_hash
FROM current_record($as_of, $cut) AS record
WHERE NOT EXISTS (
    FROM reading WHERE reading.record_id = record.record_id
        AND reading.content_hash = record.content_hash AND reading.reader = $reader
)
ORDER BY record.record_id
