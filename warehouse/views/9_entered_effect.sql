-- One row is an effect entered by a person for a current record: the newest entry of each.
CREATE OR REPLACE MACRO entered_effect(as_of, cut) AS TABLE
SELECT
    record.record_id,
    effect.ordinal,
    effect.body,
    effect.label,
    effect.body ->> '$.intervention' AS intervention,
    effect.body ->> '$.comparator' AS comparator,
    effect.body ->> '$.outcome' AS outcome,
    effect.body ->> '$.direction' AS direction,
    try_cast(effect.body ->> '$.weeks' AS DOUBLE) AS weeks,
    try_cast(effect.body ->> '$.effect.value' AS DOUBLE) AS value,
    try_cast(effect.body ->> '$.effect.se' AS DOUBLE) AS se,
    try_cast(effect.body ->> '$.effect.n_intervention' AS INTEGER)
    + try_cast(effect.body ->> '$.effect.n_comparator' AS INTEGER) AS people,
    record.title,
    record.body AS record_body,
    record.content_hash
FROM (
    SELECT *
    FROM extracted_effect
    WHERE run_no <= cut
    QUALIFY dense_rank() OVER (PARTITION BY record_id ORDER BY run_no DESC) = 1
) AS effect
INNER JOIN record_among(as_of, cut, (SELECT coalesce(list(record_id), []) FROM extracted_effect)) AS record
    ON record.record_id = effect.record_id;
