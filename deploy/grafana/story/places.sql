SELECT place, lat, lon, count(DISTINCT claim_id) AS claims
FROM about
WHERE lat IS NOT NULL AND precision IN ('point', 'locality') AND published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
GROUP BY place_id, place, lat, lon
ORDER BY claims DESC
LIMIT 500
