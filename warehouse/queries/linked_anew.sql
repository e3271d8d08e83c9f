-- One row is a current record whose links people spoke of since records were last compared.
SELECT
    record.record_id,
    record.content_hash
FROM current_record($as_of, $cut) AS record
INNER JOIN (
    SELECT from_id AS record_id, run_no FROM record_link WHERE starts_with(decider, 'human:')
    UNION ALL
    SELECT to_id, run_no FROM record_link WHERE starts_with(decider, 'human:')
) AS said ON said.record_id = record.record_id
WHERE said.run_no <= $cut
GROUP BY record.record_id, record.content_hash
HAVING max(said.run_no) > (SELECT coalesce(max(run_no), 0) FROM linking WHERE rules = $rules)
ORDER BY record.record_id
