-- One row is a statement that two records belong together.
INSERT INTO record_link (run_no, from_id, to_id, relation, decider, revoked)
SELECT
    run_no,
    from_id,
    to_id,
    relation,
    decider,
    revoked
FROM incoming
