-- One row is a link that stands at the cut.
SELECT
    from_id,
    to_id,
    relation,
    decider
FROM current_link($cut)
ORDER BY from_id, to_id, relation
