-- One row is a current record content that the second reader has read.
SELECT
    reading.record_id,
    reading.findings,
    reading.discarded
FROM second_reading AS reading
INNER JOIN current_record($as_of, $cut) AS record
    ON record.record_id = reading.record_id AND record.content_hash = reading.content_hash
WHERE reading.reader = $second_reader AND reading.run_no <= $cut
QUALIFY row_number() OVER (PARTITION BY reading.record_id ORDER BY reading.run_no DESC, reading.rowid DESC) = 1
ORDER BY reading.record_id
