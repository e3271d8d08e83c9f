-- One row: the views this store has now, by the hash of their text; none before the first start.
SELECT sha256
FROM made_views
ORDER BY rowid DESC
LIMIT 1
