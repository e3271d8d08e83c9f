-- One row is a record that is included or unclear, and that the second reader has not read as it is.
SELECT
    record.record_id,
    record.content_hash,
    record.body
FROM current_decision($as_of, $cut, $basis) AS decision
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = decision.record_id
WHERE decision.verdict IN ('include', 'unclear')
    AND NOT EXISTS (
        FROM second_reading AS reading WHERE reading.record_id = record.record_id
            AND reading.content_hash = record.content_hash
            AND reading.reader = $second_reader AND reading.run_no <= $cut
    )
ORDER BY record.record_id
