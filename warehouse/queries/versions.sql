-- One row is a published version, oldest first.
SELECT
    version,
    ordinal,
    run_no,
    cut,
    as_of,
    draft,
    protocol_hash,
    triggered_by,
    code,
    announced,
    pool_updates,
    report
FROM review_version
ORDER BY ordinal
