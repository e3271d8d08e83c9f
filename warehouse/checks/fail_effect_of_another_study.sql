-- One row is an entered effect labelled "Author 2003" whose record is by others or of another time.
-- Two years apart at least, since a paper is online, in print and in a table in different years.
-- Way out: correct the record id or the label, and import the table again.
SELECT
    record_id,
    label,
    title
FROM (
    SELECT
        *,
        lower(regexp_extract(label, '^[^ ,(]+')) AS author,
        try_cast(regexp_extract(label, '(19|20)[0-9]{2}') AS INTEGER) AS year,
        try_cast(record_body ->> '$.published.year' AS INTEGER) AS published,
        lower(record_body ->> '$.authors') AS authors
    FROM entered_effect($as_of, $cut)
    WHERE label <> ''
)
WHERE abs(year - published) > 1
    OR (json_array_length(record_body, '$.authors') > 0 AND NOT contains(authors, author))
ORDER BY record_id, ordinal
