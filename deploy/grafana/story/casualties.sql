SELECT published_on AS day, place, coalesce(speaker, publisher, 'the report') AS speaker, what, least, most, approximate, who, polarity, reports
FROM casualties
WHERE main AND published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
ORDER BY published_on DESC, place, speaker, what
LIMIT 500
