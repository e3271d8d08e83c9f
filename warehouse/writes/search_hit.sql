-- One row is a record that entered or left a search.
INSERT INTO search_hit (run_no, name, record_id, present)
SELECT
    run_no,
    name,
    record_id,
    present
FROM incoming
