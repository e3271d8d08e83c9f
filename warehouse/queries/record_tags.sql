-- One row is a tag of one record's content, by one reader.
SELECT
    tag.name,
    tag.value,
    tag.quote,
    tag.tagger
FROM tag
WHERE tag.record_id = $record_id AND tag.content_hash = $content_hash AND tag.reader = $reader
ORDER BY tag.name, tag.value, tag.quote
