-- One row: the newest published version; none before the first.
SELECT * FROM review_version ORDER BY ordinal DESC LIMIT 1
