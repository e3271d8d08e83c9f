-- One row is a publication (its record, or its PMID) that counts for a claim in two studies.
SELECT
    used.claim,
    coalesce('pmid:' || record.pmid, used.record_id) AS publication,
    string_agg(DISTINCT used.study, ' ' ORDER BY used.study) AS studies
FROM (
    SELECT
        claim,
        study,
        unnest(records) AS record_id
    FROM draft_evidence($draft)
) AS used
LEFT JOIN current_record($as_of, $cut) AS record ON record.record_id = used.record_id
GROUP BY used.claim, publication
HAVING count(DISTINCT used.study) > 1
ORDER BY ALL
