-- One row is a record to be compared with all others: its content is another than was last compared.
-- Of a record that is not current any more there is no content.
SELECT
    coalesce(record.record_id, linked.record_id) AS record_id,
    record.content_hash
FROM current_record($as_of, $cut) AS record
FULL JOIN (FROM current_linking($rules) WHERE content_hash IS NOT NULL) AS linked
    ON linked.record_id = record.record_id
WHERE linked.content_hash IS DISTINCT FROM record.content_hash
ORDER BY 1
