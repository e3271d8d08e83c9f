-- One row is a tag of the current content of a record asked for, by one reader.
SELECT
    tag.record_id,
    tag.name,
    tag.value,
    tag.quote,
    tag.tagger
FROM tag
INNER JOIN record_among($as_of, $cut, $record_ids::VARCHAR[]) AS record
    ON record.record_id = tag.record_id AND record.content_hash = tag.content_hash
WHERE tag.reader = $reader AND tag.run_no <= $cut
ORDER BY tag.record_id, tag.name, tag.value, tag.quote
