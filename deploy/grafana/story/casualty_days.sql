SELECT published_on::timestamptz AS time, what,
       min(least) AS least, max(coalesce(most, least)) AS most
FROM casualties
WHERE main AND NOT part AND polarity = 'asserted' AND published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
GROUP BY published_on, what
ORDER BY time
