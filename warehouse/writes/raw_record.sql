-- One row is a record as received.
INSERT INTO raw_record (run_no, record_id, payload_hash, came_by, deleted, problem)
SELECT
    run_no,
    record_id,
    payload_hash,
    came_by,
    deleted,
    problem
FROM incoming
