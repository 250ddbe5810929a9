-- Which rules are in the way: what people did with what each found. Fewer than 20 decisions say little.
-- Of several decisions on the same words in a draft the last one counts, and none where it was taken back.
WITH last AS (SELECT * FROM ledger WHERE what = 'decided' QUALIFY row_number() OVER (PARTITION BY device, session, fingerprint ORDER BY seq DESC) = 1)
SELECT rule, count(*) AS decided, count(DISTINCT device) AS members,
  count(*) FILTER (outcome = 'fixed') AS fixed, count(*) FILTER (outcome = 'kept') AS kept, count(*) FILTER (outcome = 'dismissed') AS not_an_issue,
  round(100.0 * count(*) FILTER (outcome = 'dismissed') / count(*), 1) AS not_an_issue_in_100
FROM last WHERE outcome IN ('fixed', 'kept', 'dismissed')
GROUP BY rule HAVING count(*) >= 20 ORDER BY not_an_issue_in_100 DESC, rule
