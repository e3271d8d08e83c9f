-- One row is a finding of the current content of a record asked for, by one reader.
SELECT
    finding.record_id,
    finding.body
FROM finding
INNER JOIN record_among($as_of, $cut, $record_ids::VARCHAR[]) AS record
    ON record.record_id = finding.record_id AND record.content_hash = finding.content_hash
WHERE finding.reader = $reader AND finding.run_no <= $cut
ORDER BY finding.record_id, finding.ordinal
