-- One row is a record known at the cut and available by the date: its newest content, unless deleted.
CREATE OR REPLACE MACRO current_record(as_of, cut) AS TABLE
SELECT newest.*
FROM (
    SELECT *
    FROM record
    WHERE run_no <= cut AND (available_on IS NULL OR available_on <= as_of)
    QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY run_no DESC, parser DESC, content_hash) = 1
) AS newest
INNER JOIN current_raw(cut) AS raw ON raw.record_id = newest.record_id
WHERE NOT raw.deleted;
