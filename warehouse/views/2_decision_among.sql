-- One row is the decision that holds for a record of those asked for: a human's, else the rules'.
-- A human decision on content that has changed since goes back to the human as unclear. Asked for is
-- every record where no ids are given. `record_place` is the row of the record it holds for.
CREATE OR REPLACE MACRO decision_among(as_of, cut, wanted_basis, ids) AS TABLE
SELECT
    held.record_id,
    picked.record_place,
    held.decider,
    held.safety_signal,
    held.answers,
    held.run_no,
    CASE WHEN picked.is_outdated THEN 'unclear' ELSE held.verdict END AS verdict,
    CASE WHEN picked.is_outdated THEN NULL ELSE held.criterion END AS criterion,
    CASE
        WHEN picked.is_outdated
            THEN 'the record has changed since ' || held.decider || ' decided: ' || held.verdict || ', ' || held.reason
        ELSE held.reason
    END AS reason
FROM screening_decision AS held
INNER JOIN (
    SELECT
        decision.rowid AS place,
        record.place AS record_place,
        starts_with(decision.decider, 'human:') AND decision.content_hash <> record.content_hash AS is_outdated
    FROM record_among(as_of, cut, ids) AS record
    INNER JOIN screening_decision AS decision ON decision.record_id = record.record_id
        AND (
            starts_with(decision.decider, 'human:')
            OR (decision.content_hash = record.content_hash AND decision.basis = wanted_basis)
        )
    WHERE decision.run_no <= cut
    QUALIFY row_number() OVER (
        PARTITION BY decision.record_id
        ORDER BY starts_with(decision.decider, 'human:') DESC, decision.run_no DESC, decision.rowid DESC
    ) = 1
) AS picked ON picked.place = held.rowid;
