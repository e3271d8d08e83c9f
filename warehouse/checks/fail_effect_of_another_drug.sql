-- One row is an entered effect on drugs that its record's title does not name: it names others.
-- A class goes for its members, and back. What the record is read to compare may be in no title.
-- Way out: import the corrected table; or, if it is right, `living-review judge tag RECORD drug:ID intervention`.
WITH named AS (
    SELECT
        told.drug,
        told.name
    FROM (
        SELECT unnest(
            from_json($names, '[{"drug": "VARCHAR", "name": "VARCHAR", "studied": "BOOLEAN"}]')
        ) AS told
    )
    WHERE told.studied
),
effect AS (SELECT * FROM entered_effect($as_of, $cut)),
in_title AS (
    SELECT DISTINCT
        effect.record_id,
        named.drug
    FROM effect
    INNER JOIN named
        ON regexp_matches(lower(effect.title), '(^|[^a-z])' || regexp_escape(named.name) || '($|[^a-z])')
)
SELECT
    effect.record_id,
    effect.intervention,
    effect.comparator,
    effect.outcome,
    effect.title
FROM effect
SEMI JOIN in_title ON in_title.record_id = effect.record_id
ANTI JOIN in_title AS own
    ON own.record_id = effect.record_id AND own.drug IN (effect.intervention, effect.comparator)
ANTI JOIN tag
    ON tag.record_id = effect.record_id
    AND tag.content_hash = effect.content_hash
    AND tag.reader = $reader
    AND tag.run_no <= $cut
    AND tag.name IN ('drug:' || effect.intervention, 'drug:' || effect.comparator)
    AND tag.value IN ('intervention', 'comparator')
ANTI JOIN current_judgement($cut) AS judgement
    ON judgement.record_id = effect.record_id
    AND judgement.subject = 'tag'
    AND judgement.target IN ('drug:' || effect.intervention, 'drug:' || effect.comparator)
ORDER BY effect.record_id, effect.ordinal
