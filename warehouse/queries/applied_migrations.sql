-- One row is a migration this store has run.
SELECT name, sha256 FROM schema_migration ORDER BY name
