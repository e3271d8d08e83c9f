-- One row is a record as these rules last compared it with all others.
CREATE OR REPLACE MACRO current_linking(wanted_rules) AS TABLE
SELECT
    record_id,
    content_hash,
    run_no
FROM linking
WHERE rules = wanted_rules
QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY run_no DESC, rowid DESC) = 1;
