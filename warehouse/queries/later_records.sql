-- One row is a record known at the cut that becomes available only after the date.
SELECT record_id
FROM current_record(DATE '9999-12-31', $cut)
WHERE available_on > $as_of
ORDER BY record_id
