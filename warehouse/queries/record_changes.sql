-- One row is a record that is new or has changed since the previous version's date and cut.
-- A revised one comes with what it was and is.
SELECT
    now.record_id,
    CASE WHEN before.record_id IS NULL THEN 'new' ELSE 'revised' END AS what,
    before.body AS body_before,
    CASE WHEN before.record_id IS NOT NULL THEN now.body END AS body_now
FROM current_record($as_of, $cut) AS now
LEFT JOIN current_record($previous_as_of, $previous_cut) AS before ON before.record_id = now.record_id
WHERE before.content_hash IS DISTINCT FROM now.content_hash
ORDER BY now.record_id
