-- One row is an entered effect whose drug its record's title and abstract never name.
SELECT
    effect.record_id,
    json_extract_string(effect.body, '$.intervention') AS intervention
FROM (
    SELECT *
    FROM extracted_effect
    WHERE run_no <= $cut
    QUALIFY dense_rank() OVER (PARTITION BY record_id ORDER BY run_no DESC) = 1
) AS effect
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = effect.record_id
WHERE NOT contains(
    lower(record.title || ' ' || coalesce(json_extract_string(record.body, '$.abstract'), '')),
    replace(lower(json_extract_string(effect.body, '$.intervention')), '_', ' ')
)
GROUP BY ALL
ORDER BY ALL
