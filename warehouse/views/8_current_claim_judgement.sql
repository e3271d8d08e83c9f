-- One row is the newest judgement of one thing about a claim by the cut, unless it was withdrawn.
CREATE OR REPLACE MACRO current_claim_judgement(cut) AS TABLE
SELECT *
FROM (
    SELECT *
    FROM claim_judgement
    WHERE run_no <= cut
    QUALIFY row_number() OVER (PARTITION BY claim, subject, target ORDER BY run_no DESC, rowid DESC) = 1
)
WHERE NOT withdrawn;
