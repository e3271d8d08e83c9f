-- One row is a record id that the store has ever parsed by the cut.
SELECT DISTINCT record_id FROM record WHERE run_no <= $cut ORDER BY record_id
