-- One row is the decision that holds for a record.
CREATE OR REPLACE MACRO current_decision(as_of, cut, wanted_basis) AS TABLE
SELECT * EXCLUDE (record_place)
FROM decision_among(as_of, cut, wanted_basis, NULL::VARCHAR[]);
