-- One row is an entered effect whose arms hold more people than its record tells of.
SELECT
    effect.record_id,
    effect.people AS in_arms,
    max(try_cast(tag.value AS INTEGER)) AS in_study
FROM entered_effect($as_of, $cut) AS effect
INNER JOIN tag
    ON tag.record_id = effect.record_id
    AND tag.content_hash = effect.content_hash
    AND tag.reader = $reader
    AND tag.run_no <= $cut
    AND tag.name = 'participants'
GROUP BY effect.record_id, effect.ordinal, effect.people
HAVING effect.people > max(try_cast(tag.value AS INTEGER))
ORDER BY ALL
