-- One row is a screening decision.
INSERT INTO screening_decision (run_no, record_id, content_hash, basis, verdict, criterion, decider, safety_signal, reason, answers, decided_on)
SELECT
    run_no,
    record_id,
    content_hash,
    basis,
    verdict,
    criterion::VARCHAR,
    decider,
    safety_signal,
    reason,
    answers,
    decided_on::DATE
FROM incoming
