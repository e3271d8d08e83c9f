-- One row is an included record, with its DOI, the run that decided so, and a search that found it.
SELECT DISTINCT
    decision.record_id,
    record.doi,
    decision.run_no AS decided_in,
    hit.name
FROM current_decision($as_of, $cut, $basis) AS decision
INNER JOIN current_record($as_of, $cut) AS record ON record.record_id = decision.record_id
LEFT JOIN search_hit AS hit
    ON hit.record_id = decision.record_id AND hit.present AND hit.run_no <= $cut
WHERE decision.verdict = 'include'
ORDER BY decision.record_id, hit.name
