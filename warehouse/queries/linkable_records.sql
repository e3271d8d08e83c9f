-- One row is a record known at the cut and available by the date, without what links nothing.
-- The next portion in the order of ids, after the id named.
SELECT
    record_id,
    json_merge_patch(body, '{"mesh": [], "keywords": []}') AS body
FROM current_record($as_of, $cut)
WHERE record_id > $after
ORDER BY record_id
LIMIT 5000
