-- One row is a record as received whose bytes this parser has not read yet.
WITH waiting AS MATERIALIZED (
    SELECT
        raw.record_id,
        raw.payload_hash,
        raw.problem
    FROM current_raw($cut) AS raw
    WHERE NOT raw.deleted
        AND NOT EXISTS (
            FROM record WHERE record.record_id = raw.record_id
                AND record.payload_hash = raw.payload_hash AND record.parser = $parser
        )
        AND NOT EXISTS (
            FROM unreadable WHERE unreadable.record_id = raw.record_id
                AND unreadable.payload_hash = raw.payload_hash AND unreadable.parser = $parser
        )
    ORDER BY raw.record_id
    LIMIT 2000
)

SELECT
    waiting.record_id,
    waiting.payload_hash,
    waiting.problem,
    payload.format,
    payload.body
FROM waiting
INNER JOIN payload ON payload.payload_hash = waiting.payload_hash
ORDER BY waiting.record_id
