-- One row is a record of those asked for, known at the cut and available by the date, unless deleted.
-- Asked for is every record where no ids are given. Its content is what was read from the bytes last
-- received, else the newest that could be read: a record that went back to an earlier wording is not
-- parsed again. Which row that is, is found without the bodies, which are most of the store.
CREATE OR REPLACE MACRO record_among(as_of, cut, ids) AS TABLE
SELECT
    record.*,
    record.rowid AS place
FROM record
INNER JOIN (
    SELECT record.rowid AS place
    FROM record
    INNER JOIN raw_among(cut, ids) AS raw ON raw.record_id = record.record_id
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
    ) = 1
) AS picked ON picked.place = record.rowid;
