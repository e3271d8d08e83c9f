-- One row is a record of those asked for as last received, with its bytes.
SELECT
    raw.record_id,
    raw.came_by,
    raw.payload_hash,
    raw.deleted,
    payload.format,
    payload.body
FROM current_raw($cut) AS raw
LEFT JOIN payload ON payload.payload_hash = raw.payload_hash
WHERE list_contains($record_ids, raw.record_id)
ORDER BY raw.record_id
