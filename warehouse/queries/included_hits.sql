-- One row is an included record and a search that has ever found it.
SELECT DISTINCT
    decision.record_id,
    hit.name
FROM current_decision($as_of, $cut, $basis) AS decision
LEFT JOIN search_hit AS hit
    ON hit.record_id = decision.record_id AND hit.present AND hit.run_no <= $cut
WHERE decision.verdict = 'include'
ORDER BY decision.record_id, hit.name
