SELECT published_on::timestamptz AS time, place,
       string_agg(
           DISTINCT coalesce(speaker, publisher, 'the report')
               || CASE WHEN cardinality(parties) > 0 THEN ': ' || array_to_string(parties, ', ') ELSE '' END
               || CASE WHEN polarity = 'asserted' THEN '' ELSE ' (' || polarity || ')' END,
           '; ') AS "claimed by"
FROM control
WHERE NOT background AND published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
GROUP BY published_on, place_id, place
ORDER BY time, place
LIMIT 500
