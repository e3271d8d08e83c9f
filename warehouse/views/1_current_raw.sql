-- One row is a record as last received by the cut; of two in one run, the later one.
CREATE OR REPLACE MACRO current_raw(cut) AS TABLE
FROM raw_among(cut, NULL::VARCHAR[]);
