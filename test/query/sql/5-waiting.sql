-- How long a held draft waited for its signature, by tier and place: the median, and what nine in ten stay under. Seconds.
WITH held AS (SELECT device, session, tier, site, min(moment) AS held FROM ledger WHERE what = 'held' GROUP BY ALL),
  done AS (SELECT device, session, min(moment) AS signed FROM ledger WHERE what IN ('signed', 'overridden') GROUP BY ALL)
SELECT tier, site, count(*) AS drafts, count(signed) AS signed, round(median(epoch(signed - held)), 1) AS median_s, round(quantile_cont(epoch(signed - held), 0.9), 1) AS nine_in_ten_s
FROM held LEFT JOIN done USING (device, session) GROUP BY tier, site ORDER BY drafts DESC, tier, site
