-- One row is the last successful run of a search; none before the first.
SELECT
    run_no,
    as_of,
    query,
    translation,
    count
FROM search_run
WHERE name = $name
QUALIFY row_number() OVER (ORDER BY run_no DESC) = 1
