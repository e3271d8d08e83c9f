-- One row is the decision that holds for a record: a human's if there is one, else the rules'.
-- A human decision on content that has changed since goes back to the human as unclear.
CREATE OR REPLACE MACRO current_decision(as_of, cut, wanted_basis) AS TABLE
SELECT
    held.record_id,
    held.decider,
    held.safety_signal,
    held.answers,
    held.run_no,
    CASE WHEN held.by_human AND held.content_hash <> record.content_hash THEN 'unclear' ELSE held.verdict END AS verdict,
    CASE WHEN held.by_human AND held.content_hash <> record.content_hash THEN NULL ELSE held.criterion END AS criterion,
    CASE
        WHEN held.by_human AND held.content_hash <> record.content_hash
            THEN 'the record has changed since ' || held.decider || ' decided: ' || held.verdict || ', ' || held.reason
        ELSE held.reason
    END AS reason
FROM current_record(as_of, cut) AS record
INNER JOIN (
    SELECT
        *,
        starts_with(decider, 'human:') AS by_human
    FROM screening_decision
    WHERE run_no <= cut
) AS held ON held.record_id = record.record_id
    AND (held.by_human OR (held.content_hash = record.content_hash AND held.basis = wanted_basis))
QUALIFY row_number() OVER (PARTITION BY held.record_id ORDER BY held.by_human DESC, held.run_no DESC) = 1;
