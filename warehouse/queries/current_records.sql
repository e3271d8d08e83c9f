-- One row is a record known at the cut and available by the date.
SELECT
    record_id,
    body
FROM current_record($as_of, $cut)
ORDER BY record_id
