-- One row is a record whose bytes as last received could not be read, with the newest reason.
SELECT
    unreadable.record_id,
    unreadable.reason
FROM unreadable
INNER JOIN current_raw($cut) AS raw
    ON raw.record_id = unreadable.record_id AND raw.payload_hash = unreadable.payload_hash
WHERE unreadable.run_no <= $cut
    AND NOT raw.deleted
    AND NOT EXISTS (
        FROM record WHERE record.record_id = unreadable.record_id
            AND record.payload_hash = unreadable.payload_hash AND record.run_no <= $cut
    )
QUALIFY row_number() OVER (
    PARTITION BY unreadable.record_id ORDER BY unreadable.run_no DESC, unreadable.parser DESC
) = 1
ORDER BY unreadable.record_id
