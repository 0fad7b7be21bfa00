"""generate.py ROWS FILE SEED [SHIFT]: 16 normal columns, 4 whole-number columns, 5 categories, as zstd Parquet."""
import sys

import duckdb

rows, path, seed = int(sys.argv[1]), sys.argv[2], float(sys.argv[3])
shift = float(sys.argv[4]) if len(sys.argv) > 4 else 0.0
connection = duckdb.connect()
connection.execute("SET threads = 1")
connection.execute(f"SELECT setseed({seed})")
numbers = ", ".join(
    f"(sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) * {i + 1} + {shift})::DOUBLE AS n{i}" for i in range(16)
)
whole = ", ".join(f"(random() * {10 ** (i + 1)})::INTEGER AS i{i}" for i in range(4))
categories = ", ".join(f"('lvl' || floor(random() * random() * {5 * (i + 1)})::INT) AS c{i}" for i in range(5))
connection.execute(
    f"COPY (SELECT {numbers}, {whole}, {categories} FROM range({rows})) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
)
