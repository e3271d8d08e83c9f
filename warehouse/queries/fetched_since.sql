-- One row is a record that an interrupted run of the search has received lately.
SELECT
    record_id,
    as_of,
    payload_hash,
    deleted,
    problem
FROM fetched
WHERE name = $name AND as_of BETWEEN $since AND $as_of AND run_no > $run_no
QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY rowid DESC) = 1
ORDER BY record_id
