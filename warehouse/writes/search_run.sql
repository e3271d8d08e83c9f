-- One row is one execution of a search.
INSERT INTO search_run (run_no, name, source, query, translation, count, as_of, reconstructed, warnings)
SELECT
    run_no,
    name,
    source,
    query,
    translation,
    count,
    as_of::DATE,
    reconstructed,
    warnings
FROM incoming
