-- One row is a migration this store has run, with the hash of its text.
CREATE TABLE IF NOT EXISTS schema_migration (name VARCHAR PRIMARY KEY, sha256 VARCHAR NOT NULL)
