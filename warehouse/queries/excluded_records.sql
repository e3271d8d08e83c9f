-- One row is a current record that is decided on and not among those asked for, as it is listed.
SELECT
    record.record_id,
    decision.verdict,
    decision.criterion,
    decision.decider,
    list_filter(
        from_json(decision.answers, '[{"criterion": "VARCHAR", "quote": "VARCHAR"}]'),
        lambda answer: answer.criterion = decision.criterion
    )[1].quote AS quote,
    read_off.design,
    read_off.participants,
    record.title,
    json_extract_string(record.body, '$.journal') AS journal,
    json_extract(record.body, '$.authors') AS authors,
    json_extract(record.body, '$.collective_authors') AS collective_authors,
    coalesce(
        nullif(json_extract(record.body, '$.published'), 'null'::JSON),
        nullif(json_extract(record.body, '$.published_online'), 'null'::JSON)
    ) AS published,
    record.doi,
    record.pmid
FROM current_record($as_of, $cut) AS record
INNER JOIN current_decision($as_of, $cut, $basis) AS decision ON decision.record_id = record.record_id
ANTI JOIN (SELECT unnest($record_ids::VARCHAR[]) AS record_id) AS asked ON asked.record_id = record.record_id
LEFT JOIN (
    SELECT
        record_id,
        content_hash,
        min(value) FILTER (WHERE name = 'design') AS design,
        min(value) FILTER (WHERE name = 'participants') AS participants
    FROM tag
    WHERE reader = $reader AND run_no <= $cut AND name IN ('design', 'participants')
    GROUP BY record_id, content_hash
) AS read_off
    ON read_off.record_id = record.record_id AND read_off.content_hash = record.content_hash
ORDER BY record.record_id
