-- One row is a study that counts more than once for one claim.
SELECT
    draft_conclusion.claim,
    evidence.study
FROM draft_conclusion,
    unnest(from_json(json_extract(body, '$.evidence'), '[{"study": "VARCHAR"}]')) AS listed (evidence)
WHERE draft = $draft
GROUP BY draft_conclusion.claim, evidence.study
HAVING count(*) > 1
ORDER BY ALL
