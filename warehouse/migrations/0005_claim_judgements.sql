-- What people say of claims: how sure a conclusion is in one domain, and yes or no to a signal.
-- `basis` is the hash of the evidence that was judged; `target` is the domain, or the signal.
-- An entered effect may say whose study it is, as "Author 2003".
ALTER TABLE extracted_effect ADD COLUMN label VARCHAR DEFAULT '';
CREATE TABLE claim_judgement (
    run_no INTEGER NOT NULL,
    claim VARCHAR NOT NULL,
    subject VARCHAR NOT NULL CHECK (subject IN ('certainty', 'signal')),
    target VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    body VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    decider VARCHAR NOT NULL,
    decided_on DATE NOT NULL
);
