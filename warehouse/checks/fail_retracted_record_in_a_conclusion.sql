-- One row is a record that bears on a claim although a notice retracts it.
SELECT DISTINCT
    used.claim,
    used.record_id,
    link.from_id AS notice
FROM (
    SELECT
        claim,
        unnest(records) AS record_id
    FROM draft_evidence($draft)
) AS used
INNER JOIN current_link($cut) AS link
    ON link.to_id = used.record_id
    AND link.relation IN ('retracts', 'republishes_retracted')
    AND NOT link.revoked
ANTI JOIN current_record(DATE '9999-12-31', $cut) AS later
    ON later.record_id = link.from_id AND later.available_on > $as_of
ORDER BY ALL
