-- One row is a pool that holds another number of studies than settle the claim with its unit.
SELECT
    claim,
    any_value(pooled) AS pooled,
    count(*) FILTER (
        WHERE settles AND design <> 'systematic_review' AND benefit_se > 0 AND unit = pool_unit
    ) AS there
FROM draft_evidence($draft)
WHERE pooled IS NOT NULL
GROUP BY claim
HAVING any_value(pooled) <> there
ORDER BY claim
