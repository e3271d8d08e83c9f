-- One row is a record that the search found when it last ran.
SELECT record_id FROM current_hit($cut) WHERE name = $name ORDER BY record_id
