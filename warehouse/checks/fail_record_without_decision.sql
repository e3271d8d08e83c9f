-- One row is a current record that no decision holds for: it would be lost without a word.
SELECT record.record_id
FROM current_record($as_of, $cut) AS record
ANTI JOIN current_decision($as_of, $cut, $basis) AS decision ON decision.record_id = record.record_id
ORDER BY ALL
