-- One row is a record that is compared with all others, and is still there.
SELECT record_id FROM current_linking($rules) WHERE content_hash IS NOT NULL ORDER BY record_id
