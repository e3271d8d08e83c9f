-- One row is a study that favours one side while its effect is on the other.
SELECT
    claim,
    study,
    direction,
    benefit
FROM draft_evidence($draft)
WHERE (direction = 'favours_intervention' AND benefit < 0)
    OR (direction = 'favours_comparator' AND benefit > 0)
ORDER BY ALL
