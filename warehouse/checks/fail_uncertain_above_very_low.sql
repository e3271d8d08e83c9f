-- One row is a drafted conclusion that is uncertain and yet claims more than very low certainty.
SELECT
    claim,
    certainty
FROM draft_conclusion
WHERE draft = $draft AND direction = 'uncertain' AND certainty IS DISTINCT FROM 'very_low'
ORDER BY ALL
