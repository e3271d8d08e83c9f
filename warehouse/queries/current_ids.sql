-- One row is the id of a record known at the cut and available by the date.
SELECT record_id FROM current_record($as_of, $cut) ORDER BY record_id
