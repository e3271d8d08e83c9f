-- One row: the as-of date of the last successful run of a search; none before the first.
SELECT max(as_of) AS as_of FROM search_run WHERE name = $name HAVING max(as_of) IS NOT NULL
