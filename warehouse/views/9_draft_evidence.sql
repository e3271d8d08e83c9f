-- One row is a study's bearing on a drafted conclusion. `benefit` is on `unit`; `value` as printed.
CREATE OR REPLACE MACRO draft_evidence(draft_name) AS TABLE
SELECT
    draft_conclusion.claim,
    draft_conclusion.body ->> '$.method' AS method,
    try_cast(draft_conclusion.body ->> '$.pool.k' AS INTEGER) AS pooled,
    draft_conclusion.body ->> '$.pool.unit' AS pool_unit,
    listed.item.study,
    listed.item.records,
    listed.item.design,
    listed.item.direction,
    listed.item.settles,
    listed.item.benefit,
    listed.item.benefit_se,
    listed.item.unit,
    listed.item.effect.value AS value,
    listed.item.effect.ci_low AS ci_low,
    listed.item.effect.ci_high AS ci_high
FROM draft_conclusion,
    unnest(
        from_json(
            json_extract(body, '$.evidence'),
            '[{
                "study": "VARCHAR", "records": ["VARCHAR"], "design": "VARCHAR",
                "direction": "VARCHAR", "settles": "BOOLEAN", "benefit": "DOUBLE",
                "benefit_se": "DOUBLE", "unit": "VARCHAR",
                "effect": {"value": "DOUBLE", "ci_low": "DOUBLE", "ci_high": "DOUBLE"}
            }]'
        )
    ) AS listed (item)
WHERE draft_conclusion.draft = draft_name;
