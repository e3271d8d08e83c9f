-- One row is an entered effect whose drug its record's title and abstract never name.
WITH named AS (
    SELECT
        told.drug,
        told.name
    FROM (SELECT unnest(from_json($names, '[{"drug": "VARCHAR", "name": "VARCHAR"}]')) AS told)
    UNION
    SELECT
        intervention,
        replace(lower(intervention), '_', ' ')
    FROM entered_effect($as_of, $cut)
)
SELECT
    record_id,
    intervention
FROM entered_effect($as_of, $cut) AS effect
WHERE NOT EXISTS (
    SELECT 1
    FROM named
    WHERE named.drug = effect.intervention AND contains(
        lower(effect.title || ' ' || coalesce(json_extract_string(effect.record_body, '$.abstract'), '')),
        named.name
    )
)
GROUP BY ALL
ORDER BY ALL
