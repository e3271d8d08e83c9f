-- One row is a record that is new or has changed since the previous version's date and cut.
-- A revised one comes with what it was and is.
WITH changed AS (
    SELECT
        now.record_id,
        before.record_id IS NOT NULL AS was_known
    FROM current_record($as_of, $cut) AS now
    LEFT JOIN current_record($previous_as_of, $previous_cut) AS before ON before.record_id = now.record_id
    WHERE before.content_hash IS DISTINCT FROM now.content_hash
),

revised AS (
    SELECT coalesce(list(record_id), []) AS ids FROM changed WHERE was_known
)

SELECT
    changed.record_id,
    CASE WHEN changed.was_known THEN 'revised' ELSE 'new' END AS what,
    before.body AS body_before,
    now.body AS body_now
FROM changed
LEFT JOIN record_among($as_of, $cut, (SELECT ids FROM revised)) AS now ON now.record_id = changed.record_id
LEFT JOIN record_among($previous_as_of, $previous_cut, (SELECT ids FROM revised)) AS before
    ON before.record_id = changed.record_id
ORDER BY changed.record_id
