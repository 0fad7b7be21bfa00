#!/usr/bin/env bash
# The engines duckdb and spark on the same files, whole processes, one after the other on one machine.
#   [CORES=2] spark.sh WORK_FOLDER PYTHON [ROWS...]
# SPARK_HOME names a Spark 4 installation, PYTHON has duckdb. Results are JSON lines in WORK_FOLDER/spark-results.jsonl.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$1 python=$2
shift 2
rows=${*:-1000000 5000000 20000000}
cores=${CORES:-2}
mldelivery=${MLDELIVERY:-$here/../../mldelivery}
: "${SPARK_HOME:?name a Spark 4 installation}"
mkdir -p "$work"
cd "$work"

make() { [ -f "$2" ] || "$python" "$here/generate.py" "$@"; }
measure() { "$python" "$here/measure.py" "$@" | tee -a spark-results.jsonl; }

make 1000000 r1m.parquet 0.1
[ -f r1m.profile ] || "$mldelivery" profile --reference r1m.parquet --output r1m.profile
for n in $rows; do
  make "$n" "s$n.parquet" 0.2 0.05
  measure "duckdb, $n x 25 against a profile" "$mldelivery" drift --reference r1m.profile --current "s$n.parquet" --json
  measure "spark local[$cores], $n x 25 against a profile" "$mldelivery" drift --engine spark --master "local[$cores]" \
    --spark-conf spark.driver.memory=2g --reference r1m.profile --current "s$n.parquet" --json
done
