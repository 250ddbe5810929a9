-- What the five questions are asked of. $ROOT is the folder or bucket, $SINCE and $UNTIL days.
-- Lines are read whole: the folder `kind=ledger` would hide the field `kind` of an entry from whoever takes fields and folders into one row.
CREATE VIEW ledger AS
SELECT team, day::DATE AS day, json->>'$.device' AS device, (json->>'$.seq')::BIGINT AS seq, to_timestamp((json->>'$.at')::DOUBLE / 1000) AS moment,
  json->>'$.kind' AS what, json->>'$.body.session' AS session, json->>'$.body.fingerprint' AS fingerprint, json->>'$.body.site' AS site, json->>'$.body.tier' AS tier, json->>'$.body.rule' AS rule, json->>'$.body.outcome' AS outcome, json->>'$.body.reason' AS reason,
  json->'$.body' AS body
FROM read_json_objects('$ROOT/team=*/kind=ledger/day=*/*.jsonl', format = 'newline_delimited', hive_partitioning = true)
WHERE day BETWEEN '$SINCE' AND '$UNTIL';

-- The first line of a segment says whose it is; it is no correction.
CREATE VIEW corrections AS
SELECT team, day::DATE AS day, json->>'$.device' AS device, (json->>'$.number')::BIGINT AS number, to_timestamp((json->>'$.at')::DOUBLE / 1000) AS moment,
  json->>'$.rule' AS rule, json->>'$.category' AS category, json->>'$.before' AS was, json->>'$.after' AS became, json->>'$.sentence' AS sentence, json->>'$.site' AS site, json->>'$.assistant' AS assistant
FROM read_json_objects('$ROOT/team=*/kind=corrections/day=*/*.jsonl', format = 'newline_delimited', hive_partitioning = true)
WHERE day BETWEEN '$SINCE' AND '$UNTIL' AND (json->>'$.countersign') IS NULL;
