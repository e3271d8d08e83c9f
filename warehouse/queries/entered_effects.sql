-- One row is an effect of the newest entry for its record.
SELECT
    record_id,
    body,
    label
FROM extracted_effect
QUALIFY dense_rank() OVER (PARTITION BY record_id ORDER BY run_no DESC) = 1
ORDER BY record_id, ordinal
