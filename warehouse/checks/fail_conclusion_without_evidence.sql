-- One row is a drafted conclusion with a direction but no study behind it.
SELECT claim
FROM draft_conclusion
WHERE draft = $draft
    AND direction IN ('benefit', 'harm', 'little_or_none')
    AND json_array_length(body, '$.evidence') = 0
    AND json_array_length(body, '$.reviews') = 0
ORDER BY ALL
