-- One row is a record known at the cut and available by the date, from the first id to the last.
SELECT
    record_id,
    body
FROM current_record($as_of, $cut)
WHERE record_id >= $first AND record_id <= $last
ORDER BY record_id
