-- One row is a key of a record asked for, as it was last compared.
SELECT
    link_key.record_id,
    link_key.key
FROM (SELECT unnest($record_ids::VARCHAR[]) AS record_id) AS asked
INNER JOIN current_linking($rules) AS linked ON linked.record_id = asked.record_id
INNER JOIN link_key
    ON link_key.record_id = linked.record_id
        AND link_key.content_hash = linked.content_hash
        AND link_key.run_no = linked.run_no
WHERE link_key.rules = $rules
ORDER BY link_key.record_id, link_key.key
