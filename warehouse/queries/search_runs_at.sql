-- One row is the last run of each search by the cut.
SELECT *
FROM search_run
WHERE run_no <= $cut
QUALIFY row_number() OVER (PARTITION BY name ORDER BY run_no DESC) = 1
ORDER BY name
