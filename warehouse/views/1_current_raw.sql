-- One row is a record as last received by the cut; of two in one run, the later one.
CREATE OR REPLACE MACRO current_raw(cut) AS TABLE
SELECT *
FROM raw_record
WHERE run_no <= cut
QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY run_no DESC, rowid DESC) = 1;
