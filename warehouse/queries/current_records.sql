-- One row is a record of those asked for (all, where no ids are given) known at the cut and by the date.
SELECT
    record_id,
    content_hash,
    body
FROM record_among($as_of, $cut, $record_ids::VARCHAR[])
ORDER BY record_id
