-- One row is an effect entered by a person.
INSERT INTO extracted_effect (run_no, record_id, ordinal, entered_by, body, label)
SELECT
    run_no,
    record_id,
    ordinal,
    entered_by,
    body,
    label
FROM incoming
