-- Why drafts were let go that should have waited, in the words that people gave.
SELECT reason, tier, count(*) AS times, count(DISTINCT device) AS members, max(day) AS last
FROM ledger WHERE what = 'overridden' GROUP BY reason, tier ORDER BY times DESC, reason, tier LIMIT 50
