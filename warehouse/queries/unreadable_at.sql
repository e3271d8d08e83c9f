-- One row is a record as last received that could not be read.
SELECT
    unreadable.record_id,
    unreadable.reason
FROM unreadable
INNER JOIN current_raw($cut) AS raw
    ON raw.record_id = unreadable.record_id AND raw.payload_hash = unreadable.payload_hash
WHERE unreadable.run_no <= $cut
    AND NOT EXISTS (FROM record WHERE record.record_id = unreadable.record_id AND record.run_no <= $cut)
GROUP BY ALL
ORDER BY unreadable.record_id
