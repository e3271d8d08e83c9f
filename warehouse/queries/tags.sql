-- One row is a tag of a current record content, by one reader.
SELECT
    tag.record_id,
    tag.name,
    tag.value,
    tag.quote,
    tag.tagger
FROM tag
INNER JOIN current_record($as_of, $cut) AS record
    ON record.record_id = tag.record_id AND record.content_hash = tag.content_hash
WHERE tag.reader = $reader AND tag.run_no <= $cut
ORDER BY tag.record_id, tag.name, tag.value, tag.quote
