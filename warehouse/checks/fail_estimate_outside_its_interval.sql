-- One row is an effect that counts for a claim although its interval does not hold its estimate.
SELECT
    claim,
    study,
    value,
    ci_low,
    ci_high
FROM draft_evidence($draft)
WHERE benefit IS NOT NULL
    AND (value NOT BETWEEN ci_low AND ci_high OR ci_low >= ci_high)
ORDER BY ALL
