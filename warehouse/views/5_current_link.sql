-- One row is the word that holds on two records and a relation: they have it, or a person says not.
-- A person's word outranks every rule's, whenever it was given; else the newest word holds.
CREATE OR REPLACE MACRO current_link(cut) AS TABLE
SELECT *
FROM (
    SELECT
        from_id,
        to_id,
        relation,
        decider,
        reason,
        revoked
    FROM record_link
    WHERE run_no <= cut
    QUALIFY row_number() OVER (
        PARTITION BY from_id, to_id, relation
        ORDER BY starts_with(decider, 'human:') DESC, run_no DESC, decider
    ) = 1
)
WHERE NOT revoked OR starts_with(decider, 'human:');
