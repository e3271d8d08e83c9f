-- One row is a record with one of these verdicts, or that people spoke of.
SELECT record_id
FROM current_decision($as_of, $cut, $basis)
WHERE list_contains($verdicts, verdict) OR starts_with(decider, 'human:')
UNION
SELECT record_id FROM judgement WHERE run_no <= $cut
ORDER BY record_id
