-- One row: the number of the last run that wrote anything; 0 before the first.
SELECT coalesce(max(run_no), 0) AS run_no FROM last_run
