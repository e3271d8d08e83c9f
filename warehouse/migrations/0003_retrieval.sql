-- What a source sent before its search was complete, which source failed, and who linked why.
-- `fetched` is what an interrupted pull goes on from; `raw_record` is what the review knows.
CREATE TABLE fetched (
    run_no INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    record_id VARCHAR NOT NULL,
    payload_hash VARCHAR NOT NULL,
    deleted BOOLEAN NOT NULL,
    problem VARCHAR NOT NULL
);
CREATE TABLE source_failure (
    run_no INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    as_of DATE NOT NULL,
    reason VARCHAR NOT NULL
);
ALTER TABLE record_link ADD COLUMN reason VARCHAR DEFAULT '';
ALTER TABLE record_link ADD COLUMN decided_on DATE;
