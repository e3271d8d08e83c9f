-- One row is a record with the day as of which the search's source was last asked for it.
SELECT
    record_id,
    max(as_of) AS as_of
FROM fetched
WHERE name = $name
GROUP BY record_id
ORDER BY record_id
