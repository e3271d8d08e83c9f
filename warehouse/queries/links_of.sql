-- One row is the word that holds at the cut on two records, of which one is asked for, and a relation.
SELECT
    link.from_id,
    link.to_id,
    link.relation,
    link.decider,
    coalesce(link.reason, '') AS reason,
    link.revoked
FROM current_link($cut) AS link
WHERE EXISTS (
    FROM (SELECT unnest($record_ids::VARCHAR[]) AS record_id) AS asked
    WHERE asked.record_id = link.from_id
)
OR EXISTS (
    FROM (SELECT unnest($record_ids::VARCHAR[]) AS record_id) AS asked
    WHERE asked.record_id = link.to_id
)
ORDER BY link.from_id, link.to_id, link.relation
