-- What the review concluded and published, and the drafts on the way there.
CREATE TABLE draft_conclusion (
    run_no INTEGER NOT NULL,
    draft VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    claim VARCHAR NOT NULL,
    direction VARCHAR,
    certainty VARCHAR,
    body VARCHAR NOT NULL
);
CREATE TABLE draft_comparison (
    run_no INTEGER NOT NULL,
    draft VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    body VARCHAR NOT NULL
);
CREATE TABLE review_version (
    version VARCHAR PRIMARY KEY,
    ordinal INTEGER NOT NULL UNIQUE,
    run_no INTEGER NOT NULL,
    cut INTEGER NOT NULL,
    as_of DATE NOT NULL,
    draft VARCHAR NOT NULL,
    protocol_hash VARCHAR NOT NULL,
    triggered_by VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    announced VARCHAR NOT NULL,
    pool_updates VARCHAR NOT NULL,
    report VARCHAR NOT NULL
);
CREATE TABLE blob (
    sha256 VARCHAR PRIMARY KEY,
    body BLOB NOT NULL
);
CREATE TABLE published_file (
    version VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (version, name)
);
