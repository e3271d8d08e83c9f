-- One row is a publication included without any design read off it.
SELECT decision.record_id
FROM current_decision($as_of, $cut, $basis) AS decision
WHERE decision.verdict = 'include'
    AND NOT EXISTS (FROM tag WHERE tag.record_id = decision.record_id AND tag.name = 'design' AND tag.run_no <= $cut)
ORDER BY decision.record_id
