"""generate_wide.py ROWS COLUMNS FILE SEED: normal columns as zstd Parquet."""
import sys

import duckdb

rows, columns, path, seed = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
connection = duckdb.connect()
connection.execute("SET threads = 1")
connection.execute(f"SELECT setseed({seed})")
numbers = ", ".join(
    f"(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))::FLOAT AS c{i}" for i in range(columns)
)
connection.execute(
    f"COPY (SELECT {numbers} FROM range({rows})) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)"
)
