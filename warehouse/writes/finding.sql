-- One row is what a record says of one comparison and outcome.
INSERT INTO finding (run_no, record_id, content_hash, reader, ordinal, intervention, comparator, outcome, direction, unclear_because, quote, body)
SELECT
    run_no,
    record_id,
    content_hash,
    reader,
    ordinal,
    intervention,
    comparator,
    outcome,
    direction,
    unclear_because,
    quote,
    body
FROM incoming
