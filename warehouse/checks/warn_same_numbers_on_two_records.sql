-- One row is an estimate with its error that was entered for two records: one may be a slip.
SELECT
    one.record_id,
    other.record_id AS other_record,
    one.value,
    one.se
FROM entered_effect($as_of, $cut) AS one
INNER JOIN entered_effect($as_of, $cut) AS other
    ON other.record_id > one.record_id
    AND other.outcome = one.outcome
    AND other.value = one.value
    AND other.se = one.se
ORDER BY ALL
