-- One row is a current record, with the decision that holds for it where one has been made.
SELECT
    record.record_id,
    record.body,
    decision.verdict,
    decision.criterion,
    decision.decider,
    decision.reason,
    list_filter(
        from_json(decision.answers, '[{"criterion": "VARCHAR", "quote": "VARCHAR"}]'),
        lambda answer: answer.criterion = decision.criterion
    )[1].quote AS quote
FROM current_record($as_of, $cut) AS record
LEFT JOIN current_decision($as_of, $cut, $basis) AS decision ON decision.record_id = record.record_id
ORDER BY record.record_id
