-- What is corrected again and again, by more than one person: the next rule, or a line for the prompt. Members who share corrections only.
SELECT rule, was, became, count(*) AS times, count(DISTINCT device) AS members, min(day) AS first, max(day) AS last
FROM corrections GROUP BY rule, was, became HAVING count(*) >= 3 AND count(DISTINCT device) >= 2 ORDER BY times DESC, rule, was LIMIT 50
