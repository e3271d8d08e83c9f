-- One row is a content that a record asked for has had, in the order they came; of records with several alone.
WITH content AS (
    SELECT
        record.record_id,
        record.content_hash,
        min(record.run_no) AS run_no,
        arg_min(record.body, record.run_no) AS body
    FROM record
    WHERE record.run_no <= $cut AND record.record_id IN (SELECT unnest($record_ids::VARCHAR[]))
    GROUP BY record.record_id, record.content_hash
)

SELECT
    content.record_id,
    content.body,
    (SELECT max(search_run.as_of) FROM search_run WHERE search_run.run_no <= content.run_no) AS known_on
FROM content
QUALIFY count(*) OVER (PARTITION BY content.record_id) > 1
ORDER BY content.record_id, content.run_no, content.content_hash
