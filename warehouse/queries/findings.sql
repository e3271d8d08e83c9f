-- One row is a finding of a current record content, by one reader.
SELECT
    finding.record_id,
    finding.body
FROM finding
INNER JOIN current_record($as_of, $cut) AS record
    ON record.record_id = finding.record_id AND record.content_hash = finding.content_hash
WHERE finding.reader = $reader AND finding.run_no <= $cut
ORDER BY finding.record_id, finding.ordinal
