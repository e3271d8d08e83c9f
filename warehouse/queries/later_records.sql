-- One row is a record of those asked for, known at the cut, that becomes available only after the date.
SELECT record_id
FROM record_among(DATE '9999-12-31', $cut, $record_ids::VARCHAR[])
WHERE available_on > $as_of
ORDER BY record_id
