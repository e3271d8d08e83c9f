-- One row is a published version.
INSERT INTO review_version (version, ordinal, run_no, cut, as_of, draft, protocol_hash, triggered_by, code, announced, pool_updates, report)
SELECT
    version,
    ordinal,
    run_no,
    cut,
    as_of::DATE,
    draft,
    protocol_hash,
    triggered_by,
    code,
    announced,
    pool_updates,
    report
FROM incoming
