-- One row: the highest run number that has written anything.
CREATE OR REPLACE VIEW last_run AS
SELECT max(run_no) AS run_no
FROM (
    SELECT max(run_no) AS run_no FROM search_run
    UNION ALL
    SELECT max(run_no) FROM raw_record
    UNION ALL
    SELECT max(run_no) FROM extracted_effect
    UNION ALL
    SELECT max(run_no) FROM screening_decision
    UNION ALL
    SELECT max(run_no) FROM record_link
    UNION ALL
    SELECT max(run_no) FROM source_failure
    UNION ALL
    SELECT max(run_no) FROM judgement
    UNION ALL
    SELECT max(run_no) FROM claim_judgement
    UNION ALL
    SELECT max(run_no) FROM second_reading
    UNION ALL
    SELECT max(run_no) FROM review_version
);
