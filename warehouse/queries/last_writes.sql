-- One row is a kind of fact that a record's page or the queue shows, and how many there are: appending changes it.
SELECT 'record known by then' AS fact, count(*) AS facts FROM record WHERE available_on <= $as_of
UNION ALL SELECT 'record', count(*) FROM record
UNION ALL SELECT 'screening_decision', count(*) FROM screening_decision
UNION ALL SELECT 'reading', count(*) FROM reading
UNION ALL SELECT 'extracted_effect', count(*) FROM extracted_effect
UNION ALL SELECT 'judgement', count(*) FROM judgement
UNION ALL SELECT 'claim_judgement', count(*) FROM claim_judgement
UNION ALL SELECT 'record_link', count(*) FROM record_link
UNION ALL SELECT 'search_hit', count(*) FROM search_hit
ORDER BY fact
