-- One row is a record of those asked for as last received by the cut; of two in one run, the later one.
-- Asked for is every record where no ids are given.
CREATE OR REPLACE MACRO raw_among(cut, ids) AS TABLE
SELECT raw_record.*
FROM raw_record
INNER JOIN (
    SELECT arg_max(rowid, (run_no, rowid)) AS place
    FROM raw_record
    WHERE run_no <= cut AND (ids IS NULL OR record_id IN (SELECT unnest(ids)))
    GROUP BY record_id
) AS newest ON newest.place = raw_record.rowid;
