-- One row is a record, as it was last compared, with a key of those asked for.
SELECT
    link_key.key,
    link_key.record_id
FROM (SELECT DISTINCT unnest($keys::VARCHAR[]) AS key) AS asked
INNER JOIN link_key ON link_key.key = asked.key
INNER JOIN current_linking($rules) AS linked
    ON linked.record_id = link_key.record_id
        AND linked.content_hash = link_key.content_hash
        AND linked.run_no = link_key.run_no
WHERE link_key.rules = $rules
ORDER BY link_key.key, link_key.record_id
