-- One row is a statement that two records belong together, or no longer do.
INSERT INTO record_link (run_no, from_id, to_id, relation, decider, revoked, reason, decided_on)
SELECT
    run_no,
    from_id,
    to_id,
    relation,
    decider,
    revoked,
    reason,
    decided_on
FROM incoming
