-- One row is an included record, with its DOI, the run that decided so, and a search that found it.
WITH included AS (
    SELECT
        record_id,
        run_no
    FROM current_decision($as_of, $cut, $basis)
    WHERE verdict = 'include'
)

SELECT DISTINCT
    included.record_id,
    record.doi,
    included.run_no AS decided_in,
    hit.name
FROM included
INNER JOIN record_among($as_of, $cut, (SELECT coalesce(list(record_id), []) FROM included)) AS record
    ON record.record_id = included.record_id
LEFT JOIN search_hit AS hit
    ON hit.record_id = included.record_id AND hit.present AND hit.run_no <= $cut
ORDER BY included.record_id, hit.name
