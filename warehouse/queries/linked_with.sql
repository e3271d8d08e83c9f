-- One row is a record asked for, or one that links at either cut join to it, directly or over others.
WITH RECURSIVE link AS MATERIALIZED (
    SELECT from_id, to_id FROM current_link($cut)
    UNION
    SELECT to_id, from_id FROM current_link($cut)
    UNION
    SELECT from_id, to_id FROM current_link($other_cut)
    UNION
    SELECT to_id, from_id FROM current_link($other_cut)
),

joined AS (
    SELECT unnest($record_ids::VARCHAR[]) AS record_id
    UNION
    SELECT link.to_id
    FROM joined
    INNER JOIN link ON link.from_id = joined.record_id
)

SELECT record_id FROM joined ORDER BY record_id
