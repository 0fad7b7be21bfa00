"""shift.py FROM TO: the same columns, each shifted by its standard deviation."""
import sys

import duckdb

source, target = sys.argv[1:3]
connection = duckdb.connect()
columns = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM '{source}'").fetchall()]
shifted = ", ".join(f"({name} + 1)::FLOAT AS {name}" for name in columns)
connection.execute(f"COPY (SELECT {shifted} FROM '{source}') TO '{target}' (FORMAT parquet)")
