-- One row is a date as of which the literature was searched, oldest first.
SELECT DISTINCT as_of
FROM search_run
WHERE source NOT IN ('clinicaltrials', 'crossref')
ORDER BY as_of
