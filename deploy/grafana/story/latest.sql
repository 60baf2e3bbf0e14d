SELECT a.stored_at AS stored, a.published_on AS day, s.publisher, s.speaker, s.type, s.polarity, s.claim,
       array_to_string(s.places, ', ') AS places
FROM arrivals AS a
JOIN said AS s ON s.article_id = a.article_id
WHERE a.published_on BETWEEN $__timeFrom()::date AND $__timeTo()::date
ORDER BY a.stored_at DESC, s.article_id, s.start_offset
LIMIT 200
