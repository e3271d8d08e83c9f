-- One row is an effect entered by a person for a current record: the newest entry of each.
SELECT
    record_id,
    body
FROM entered_effect($as_of, $cut)
ORDER BY record_id, ordinal
