-- One row is a finding of one record's content, by one reader.
SELECT finding.body
FROM finding
WHERE finding.record_id = $record_id AND finding.content_hash = $content_hash AND finding.reader = $reader
ORDER BY finding.ordinal
