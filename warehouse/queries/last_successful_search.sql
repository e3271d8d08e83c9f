-- One row: the as-of date of the newest search that succeeded; none before the first.
SELECT max(as_of) AS as_of FROM search_run HAVING max(as_of) IS NOT NULL
