-- copy: the way of rows into a table.
COPY {table} ({columns}) FROM STDIN
