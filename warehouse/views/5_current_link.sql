-- One row is a link between two records that stands at the cut.
CREATE OR REPLACE MACRO current_link(cut) AS TABLE
SELECT
    from_id,
    to_id,
    relation,
    decider
FROM (
    SELECT *
    FROM record_link
    WHERE run_no <= cut
    QUALIFY row_number() OVER (PARTITION BY from_id, to_id, relation ORDER BY run_no DESC) = 1
)
WHERE NOT revoked;
