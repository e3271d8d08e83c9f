-- One row: the hash of the views as they were last made in this store.
INSERT INTO made_views (sha256)
SELECT sha256
FROM incoming
