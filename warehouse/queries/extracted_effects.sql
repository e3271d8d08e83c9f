-- One row is an effect entered by a person for a current record: the newest entry of each.
SELECT
    effect.record_id,
    effect.body
FROM (
    SELECT *
    FROM extracted_effect
    WHERE run_no <= $cut
    QUALIFY dense_rank() OVER (PARTITION BY record_id ORDER BY run_no DESC) = 1
) AS effect
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = effect.record_id
ORDER BY effect.record_id, effect.ordinal
