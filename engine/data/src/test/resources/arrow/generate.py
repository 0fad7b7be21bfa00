"""Writes the Arrow files of ArrowFileTest with pyarrow 26, Arrow's own implementation: generate.py FOLDER."""
import decimal
import pathlib
import sys
from datetime import date, datetime, timezone

import pyarrow as pa
from pyarrow import feather, ipc

folder = pathlib.Path(sys.argv[1])
rows = 1200


def every(period, value, other=None):
    return [other if i % period == 0 else value(i) for i in range(rows)]


table = pa.table({
    "i8": pa.array(every(7, lambda i: i % 100 - 50), pa.int8()),
    "u16": pa.array([i * 13 % 65536 for i in range(rows)], pa.uint16()),
    "i64": pa.array(every(11, lambda i: i * 10**12), pa.int64()),
    "u64": pa.array([2**64 - 1 - i for i in range(rows)], pa.uint64()),
    "f16": pa.array([i / 8 for i in range(rows)], pa.float32()).cast(pa.float16()),
    "f32": pa.array(every(3, lambda i: i / 4), pa.float32()),
    "f64": pa.array([float("inf") if i == 5 else i / 3 for i in range(rows)]),
    "flag": pa.array(every(5, lambda i: i % 2 == 0)),
    "text": pa.array(every(13, lambda i: f"värde {i % 40} " + "long " * (i % 5))),
    "large": pa.array([f"t{i}" for i in range(rows)], pa.large_string()),
    "view": pa.array([f"view {i} " * (1 + i % 3) for i in range(rows)], pa.string_view()),
    "category": pa.array(every(17, lambda i: ["JFK", "EWR", "LGA"][i % 3])).dictionary_encode(),
    "decimal": pa.array([decimal.Decimal(i - 600) / 100 for i in range(rows)], pa.decimal128(12, 2)),
    "day": pa.array([date(2026, 1, 1 + i % 28) for i in range(rows)]),
    "day64": pa.array([date(2026, 1, 1 + i % 28) for i in range(rows)], pa.date64()),
    "at": pa.array([datetime(2026, 1, 1, i % 24, 30) for i in range(rows)], pa.timestamp("ns")),
    "zoned": pa.array([datetime(2026, 1, 1, i % 24, tzinfo=timezone.utc) for i in range(rows)], pa.timestamp("ms", "Europe/Berlin")),
    "embedding": pa.array(every(9, lambda i: [i / 2, -i / 2]), pa.list_(pa.float32())),
    "fixed": pa.array([[i, i + 1, i + 2] for i in range(rows)], pa.list_(pa.int32(), 3)),
    "struct": pa.array([{"a": i, "b": [f"x{i}"]} for i in range(rows)]),
    "binary": pa.array([bytes([i % 256]) for i in range(rows)], pa.binary()),
    "map": pa.array([[("k", i)] for i in range(rows)], pa.map_(pa.string(), pa.int64())),
    "nothing": pa.nulls(rows),
    "last": pa.array(range(rows), pa.int32()),
})
plain = table.drop_columns(["view"])
feather.write_feather(plain, folder / "lz4.feather", compression="lz4", chunksize=500)
feather.write_feather(table, folder / "zstd.feather", compression="zstd", chunksize=500)
with ipc.new_stream(folder / "plain.arrows", plain.schema) as writer:
    writer.write_table(plain.slice(0, 200), max_chunksize=150)
repeated = pa.table({"n": pa.array([i // 1000 for i in range(200_000)])})
feather.write_feather(repeated, folder / "linked.feather", compression="lz4")
feather.write_feather(pa.table({"n": [1, 2]}), folder / "old.feather", version=1)
