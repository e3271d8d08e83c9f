-- One row: how many records are known, by how they came.
SELECT
    count(*) AS identified,
    count(*) FILTER (WHERE raw.came_by = 'import') AS imported
FROM current_record($as_of, $cut) AS record
INNER JOIN current_raw($cut) AS raw ON raw.record_id = record.record_id
