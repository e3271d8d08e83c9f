-- One row is the protocol of that hash.
SELECT body FROM protocol WHERE protocol_hash = $protocol_hash
