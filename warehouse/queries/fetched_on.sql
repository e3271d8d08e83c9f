-- One row is a record with the last day as of which the search's source sent what is known of it.
-- What an interrupted run received and the review does not know yet has not been worked in.
SELECT
    fetched.record_id,
    max(fetched.as_of) AS as_of
FROM fetched
INNER JOIN current_raw($cut) AS raw
    ON raw.record_id = fetched.record_id AND raw.payload_hash = fetched.payload_hash
WHERE fetched.name = $name
GROUP BY fetched.record_id
ORDER BY fetched.record_id
