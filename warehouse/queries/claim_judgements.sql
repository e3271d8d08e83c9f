-- One row is a judgement that holds on a claim, in the order of claims and of what was judged.
SELECT
    claim,
    subject,
    target,
    body,
    basis,
    reason,
    decider
FROM current_claim_judgement($cut)
ORDER BY claim, subject, target
