-- One row: the run of the newest draft; NULL when there is none.
SELECT max(run_no) AS run_no FROM draft_comparison
