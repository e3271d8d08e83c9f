-- One row is a record as last received, with what tells whether it has changed since.
SELECT
    record_id,
    payload_hash,
    came_by,
    deleted,
    problem
FROM current_raw($cut)
ORDER BY record_id
