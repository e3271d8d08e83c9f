-- One row is the word that holds on two records and a relation at the cut; a person may deny it.
SELECT
    from_id,
    to_id,
    relation,
    decider,
    coalesce(reason, '') AS reason,
    revoked
FROM current_link($cut)
ORDER BY from_id, to_id, relation
