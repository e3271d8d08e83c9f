-- What people say of what was read off a record, and what a second reader read off it.
-- `subject` says what kind of thing was judged, `target` which one; `read_then` is what the rules
-- read when it was judged.
CREATE TABLE judgement (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    body VARCHAR NOT NULL,
    read_then VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    decider VARCHAR NOT NULL,
    decided_on DATE NOT NULL
);
CREATE TABLE second_reading (
    run_no INTEGER NOT NULL,
    record_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    findings VARCHAR NOT NULL,
    discarded VARCHAR NOT NULL
);
