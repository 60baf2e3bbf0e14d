SELECT published_on::timestamptz AS time, place,
       string_agg(DISTINCT array_to_string(parties, ', ') || CASE WHEN polarity = 'asserted' THEN '' ELSE ' (' || polarity || ')' END, '; ') AS parties
FROM control
WHERE NOT background AND cardinality(parties) > 0 AND published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
GROUP BY published_on, place_id, place
ORDER BY time, place
LIMIT 500
