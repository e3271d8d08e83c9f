-- One row is the id of an excluded record that is not among those asked for.
SELECT decision.record_id
FROM current_decision($as_of, $cut, $basis) AS decision
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = decision.record_id
ANTI JOIN (SELECT unnest($record_ids::VARCHAR[]) AS record_id) AS asked ON asked.record_id = decision.record_id
WHERE decision.verdict = 'exclude'
ORDER BY decision.record_id
