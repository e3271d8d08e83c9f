-- One row is a record known at the cut and available by the date, unless deleted.
-- Its content is what was read from the bytes last received, else the newest that could be read:
-- a record that went back to an earlier wording is not parsed again.
CREATE OR REPLACE MACRO current_record(as_of, cut) AS TABLE
SELECT record.*
FROM record
INNER JOIN current_raw(cut) AS raw ON raw.record_id = record.record_id
WHERE NOT raw.deleted
    AND record.run_no <= cut
    AND (record.available_on IS NULL OR record.available_on <= as_of)
QUALIFY row_number() OVER (
    PARTITION BY record.record_id
    ORDER BY
        record.payload_hash = raw.payload_hash DESC,
        record.run_no DESC,
        record.parser DESC,
        record.content_hash
) = 1;
