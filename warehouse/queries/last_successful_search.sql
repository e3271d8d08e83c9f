-- One row: the as-of date of the newest search of the literature that succeeded; none before it.
SELECT max(as_of) AS as_of
FROM search_run
WHERE source NOT IN ('clinicaltrials', 'crossref')
HAVING max(as_of) IS NOT NULL
