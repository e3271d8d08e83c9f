-- One row: what the newest draft changes.
SELECT body FROM draft_comparison WHERE run_no = $run_no
