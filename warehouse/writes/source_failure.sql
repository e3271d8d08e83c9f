-- One row is a source that could not be asked, with why.
INSERT INTO source_failure (run_no, name, as_of, reason)
SELECT
    run_no,
    name,
    as_of,
    reason
FROM incoming
