-- One row: how many facts of each kind there are that a record's page or the queue shows; appending changes it.
SELECT
    (SELECT count(*) FROM record) AS records,
    (SELECT count(*) FROM screening_decision) AS decisions,
    (SELECT count(*) FROM reading) AS readings,
    (SELECT count(*) FROM extracted_effect) AS effects,
    (SELECT count(*) FROM judgement) AS judgements,
    (SELECT count(*) FROM claim_judgement) AS claim_judgements,
    (SELECT count(*) FROM record_link) AS links,
    (SELECT count(*) FROM search_hit) AS hits,
    (SELECT count(*) FROM current_record($as_of, $cut)) AS visible
