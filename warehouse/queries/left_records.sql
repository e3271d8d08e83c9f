-- One row is a record that a search has found and no search finds any more, since a run.
-- `merged_into` is a record that is still there under the same DOI; `verdict` the last one given.
WITH absent AS (
    SELECT
        name,
        record_id,
        run_no
    FROM search_hit
    WHERE run_no <= $cut
    QUALIFY row_number() OVER (PARTITION BY name, record_id ORDER BY run_no DESC) = 1 AND NOT present
)

SELECT
    absent.record_id,
    any_value(absent.name ORDER BY absent.name) AS name,
    any_value(raw.deleted) AS withdrawn,
    any_value(record.title ORDER BY record.run_no DESC) AS title,
    min(other.record_id) AS merged_into,
    any_value(decision.verdict ORDER BY decision.run_no DESC) AS verdict
FROM absent
INNER JOIN current_raw($cut) AS raw ON raw.record_id = absent.record_id
LEFT JOIN record ON record.record_id = absent.record_id AND record.run_no <= $cut
LEFT JOIN current_record($as_of, $cut) AS other
    ON lower(other.doi) = lower(record.doi) AND other.record_id <> absent.record_id
LEFT JOIN screening_decision AS decision
    ON decision.record_id = absent.record_id AND decision.run_no <= $cut
WHERE absent.run_no > $previous_cut
    AND NOT EXISTS (FROM current_hit($cut) AS hit WHERE hit.record_id = absent.record_id)
GROUP BY absent.record_id
ORDER BY absent.record_id
