-- One row is what a person says of one thing about a claim, or takes back.
INSERT INTO claim_judgement (run_no, claim, subject, target, withdrawn, body, basis, reason, decider, decided_on)
SELECT
    run_no,
    claim,
    subject,
    target,
    withdrawn,
    body,
    basis,
    reason,
    decider,
    decided_on::DATE
FROM incoming
