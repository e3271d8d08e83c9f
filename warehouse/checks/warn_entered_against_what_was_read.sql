-- One row is an entered effect on the other side than the words of its record: a sign may be lost.
SELECT
    effect.record_id,
    effect.intervention,
    effect.comparator,
    effect.outcome,
    effect.direction AS entered,
    finding.direction AS read,
    finding.quote
FROM entered_effect($as_of, $cut) AS effect
INNER JOIN finding
    ON finding.record_id = effect.record_id
    AND finding.content_hash = effect.content_hash
    AND finding.reader = $reader
    AND finding.run_no <= $cut
    AND finding.intervention = effect.intervention
    AND finding.comparator = effect.comparator
    AND finding.outcome = effect.outcome
WHERE effect.direction <> finding.direction
    AND effect.direction IN ('favours_intervention', 'favours_comparator')
    AND finding.direction IN ('favours_intervention', 'favours_comparator')
ORDER BY effect.record_id, effect.ordinal, finding.ordinal
