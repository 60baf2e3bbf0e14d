SELECT published_on AS day, place, coalesce(speaker, publisher, 'the report') AS speaker, what, least, most,
       array_to_string(as_said, ', ') AS "as said", approximate, who, CASE WHEN part THEN 'part of a total' ELSE '' END AS part, polarity, reports,
       array_to_string(claims, ', ') AS claims
FROM casualties
WHERE main AND published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
ORDER BY published_on DESC, place, speaker, what, casualties.part, who
LIMIT 500
