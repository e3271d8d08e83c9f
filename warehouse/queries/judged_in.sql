-- One row is a record that people have judged, with the run of the newest word on it, taken back or not.
SELECT
    record_id,
    max(run_no) AS run_no
FROM judgement
WHERE run_no <= $cut
GROUP BY record_id
ORDER BY record_id
