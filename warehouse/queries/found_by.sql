-- One row is a search that found a record asked for, with the date of the first run that did.
SELECT
    hit.record_id,
    hit.name,
    min(run.as_of) AS since
FROM search_hit AS hit
INNER JOIN search_run AS run ON run.run_no = hit.run_no AND run.name = hit.name
WHERE hit.present AND hit.run_no <= $cut AND hit.record_id IN (SELECT unnest($record_ids::VARCHAR[]))
GROUP BY hit.record_id, hit.name
ORDER BY hit.record_id, hit.name
