-- Which content of a record was last compared with all others, and by which keys others find it.
-- A record that went has no content. `rules` are the versions of what links records.
CREATE TABLE linking (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR,
    rules VARCHAR NOT NULL
);
CREATE TABLE link_key (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    rules VARCHAR NOT NULL,
    key VARCHAR NOT NULL
);
