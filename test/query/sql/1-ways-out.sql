-- What went out, week by week, and how: held first, signed, let go with a reason, unreviewed?
SELECT date_trunc('week', day)::DATE AS week, count(DISTINCT device) AS members,
  count(*) FILTER (what = 'held') AS held, count(*) FILTER (what = 'signed') AS signed, count(*) FILTER (what = 'overridden') AS overridden, count(*) FILTER (what = 'sent') AS sent, count(*) FILTER (what = 'unreviewed') AS unreviewed,
  round(100.0 * count(*) FILTER (what = 'unreviewed') / nullif(count(*) FILTER (what IN ('sent', 'unreviewed')), 0), 1) AS unreviewed_in_100
FROM ledger GROUP BY week ORDER BY week
