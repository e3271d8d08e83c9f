-- One row: the hash of the views as they were last made in this store.
CREATE TABLE IF NOT EXISTS made_views (sha256 VARCHAR NOT NULL)
