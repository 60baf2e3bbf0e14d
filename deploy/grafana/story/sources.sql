SELECT coalesce(publisher, '(none)') AS publisher, count(DISTINCT article_id) AS reports, count(*) AS claims,
       count(DISTINCT speaker) AS speakers, mode() WITHIN GROUP (ORDER BY speaker) AS "speaks most", max(published_on) AS newest
FROM said
WHERE published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
GROUP BY coalesce(publisher, '(none)')
ORDER BY claims DESC
LIMIT 100
