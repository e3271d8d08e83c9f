-- One row is an included record without any design read off its current content.
SELECT decision.record_id
FROM current_decision($as_of, $cut, $basis) AS decision
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = decision.record_id
WHERE decision.verdict = 'include'
    AND NOT EXISTS (
        FROM tag WHERE tag.record_id = record.record_id
            AND tag.content_hash = record.content_hash AND tag.reader = $reader
            AND tag.name = 'design' AND tag.run_no <= $cut
    )
    AND NOT EXISTS (
        FROM current_judgement($cut) AS judgement WHERE judgement.record_id = record.record_id
            AND judgement.subject = 'tag' AND judgement.target = 'design'
    )
ORDER BY decision.record_id
