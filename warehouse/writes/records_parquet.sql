-- One row is a record as it is handed out in a file of its own, with the decision beside it.
COPY (
    SELECT
        record_id::VARCHAR AS record_id,
        same_as::VARCHAR AS same_as,
        verdict::VARCHAR AS verdict,
        criterion::VARCHAR AS criterion,
        decider::VARCHAR AS decider,
        reason::VARCHAR AS reason,
        quote::VARCHAR AS quote,
        asked::VARCHAR[] AS asked,
        title::VARCHAR AS title,
        authors::VARCHAR[] AS authors,
        collective_authors::VARCHAR[] AS collective_authors,
        journal::VARCHAR AS journal,
        citation::VARCHAR AS citation,
        published::VARCHAR AS published,
        published_online::VARCHAR AS published_online,
        entered::VARCHAR AS entered,
        doi::VARCHAR AS doi,
        pmid::VARCHAR AS pmid,
        pmc::VARCHAR AS pmc,
        kind::VARCHAR AS kind,
        publication_types::VARCHAR[] AS publication_types,
        registrations::VARCHAR[] AS registrations,
        languages::VARCHAR[] AS languages,
        keywords::VARCHAR[] AS keywords,
        mesh::VARCHAR[] AS mesh,
        abstract::VARCHAR AS abstract
    FROM incoming
) TO $target (FORMAT parquet)
