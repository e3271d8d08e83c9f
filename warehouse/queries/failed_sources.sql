-- One row is a search that could not be asked since it last succeeded, with the newest reason.
SELECT
    failure.name,
    failure.as_of,
    failure.reason
FROM source_failure AS failure
WHERE failure.run_no <= $cut
    AND NOT EXISTS (
        FROM search_run
        WHERE search_run.name = failure.name
            AND search_run.run_no <= $cut
            AND search_run.run_no >= failure.run_no
    )
QUALIFY row_number() OVER (PARTITION BY failure.name ORDER BY failure.run_no DESC, failure.rowid DESC) = 1
ORDER BY failure.name
