-- One row is an entered effect whose drug its record's title and abstract never name.
SELECT
    effect.record_id,
    json_extract_string(effect.body, '$.intervention') AS intervention
FROM extracted_effect AS effect
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = effect.record_id
WHERE effect.run_no <= $cut
    AND NOT contains(lower(record.body), lower(json_extract_string(effect.body, '$.intervention')))
GROUP BY ALL
ORDER BY ALL
