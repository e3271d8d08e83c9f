-- One row is a migration this store has run.
INSERT INTO schema_migration SELECT name, sha256 FROM incoming
