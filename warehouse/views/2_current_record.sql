-- One row is a record known at the cut and available by the date, unless deleted.
CREATE OR REPLACE MACRO current_record(as_of, cut) AS TABLE
SELECT * EXCLUDE (place)
FROM record_among(as_of, cut, NULL::VARCHAR[]);
