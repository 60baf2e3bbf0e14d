-- delete_children: removes what was found in these articles before, so that it is replaced completely.
SELECT sitrep.delete_children(id) FROM unnest(%(ids)s::text[]) AS id ORDER BY id
