-- What the review was told, read and decided. Rows are appended and never changed.
CREATE TABLE protocol (
    protocol_hash VARCHAR PRIMARY KEY,
    body VARCHAR NOT NULL,
    run_no INTEGER NOT NULL
);
CREATE TABLE search_run (
    run_no INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    query VARCHAR NOT NULL,
    translation VARCHAR NOT NULL,
    count INTEGER NOT NULL,
    as_of DATE NOT NULL,
    reconstructed BOOLEAN NOT NULL,
    warnings VARCHAR NOT NULL,
    PRIMARY KEY (run_no, name)
);
CREATE TABLE search_hit (
    run_no INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    present BOOLEAN NOT NULL
);
CREATE TABLE payload (
    payload_hash VARCHAR PRIMARY KEY,
    format VARCHAR NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE raw_record (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    payload_hash VARCHAR NOT NULL,
    came_by VARCHAR NOT NULL,
    deleted BOOLEAN NOT NULL,
    problem VARCHAR NOT NULL
);
CREATE TABLE record (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    payload_hash VARCHAR NOT NULL,
    parser VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    available_on DATE,
    kind VARCHAR NOT NULL,
    pmid VARCHAR,
    doi VARCHAR,
    title VARCHAR NOT NULL,
    body VARCHAR NOT NULL
);
CREATE TABLE unreadable (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    payload_hash VARCHAR NOT NULL,
    parser VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
CREATE TABLE record_link (
    run_no INTEGER NOT NULL,
    from_id VARCHAR NOT NULL,
    to_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    decider VARCHAR NOT NULL,
    revoked BOOLEAN NOT NULL
);
CREATE TABLE reading (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    reader VARCHAR NOT NULL
);
CREATE TABLE tag (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    tagger VARCHAR NOT NULL
);
CREATE TABLE finding (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    intervention VARCHAR NOT NULL,
    comparator VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    direction VARCHAR NOT NULL,
    unclear_because VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    body VARCHAR NOT NULL
);
CREATE TABLE extracted_effect (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    entered_by VARCHAR NOT NULL,
    body VARCHAR NOT NULL
);
CREATE TABLE screening_decision (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('include', 'exclude', 'unclear', 'awaiting_results')),
    criterion VARCHAR,
    decider VARCHAR NOT NULL,
    safety_signal BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    answers VARCHAR NOT NULL,
    decided_on DATE NOT NULL
);
