-- One row is a record that a search finds, as last seen by the cut.
CREATE OR REPLACE MACRO current_hit(cut) AS TABLE
SELECT
    name,
    record_id,
    run_no
FROM (
    SELECT *
    FROM search_hit
    WHERE run_no <= cut
    QUALIFY row_number() OVER (PARTITION BY name, record_id ORDER BY run_no DESC) = 1
)
WHERE present;
