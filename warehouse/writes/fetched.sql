-- One row is a record that a source sent, or said it does not have.
INSERT INTO fetched (run_no, name, as_of, record_id, payload_hash, deleted, problem)
SELECT
    run_no,
    name,
    as_of,
    record_id,
    payload_hash,
    deleted,
    problem
FROM incoming
