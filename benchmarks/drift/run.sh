#!/usr/bin/env bash
# Drift checks against the bare scan and against Evidently, whole processes, on one machine in one run.
#   run.sh WORK_FOLDER PYTHON [PART...]
# PYTHON has duckdb, evidently 0.7.23 and pandas below 3. Parts: peer (1 M x 25), profile (5 M x 25), wide (1,000 columns),
# growth (100 k to 20 M rows). Results are JSON lines in WORK_FOLDER/results.jsonl.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$1 python=$2
shift 2
parts=${*:-peer profile wide growth}
mldelivery=${MLDELIVERY:-$here/../../mldelivery}
mkdir -p "$work"
cd "$work"

make() { [ -f "$2" ] || "$python" "$here/generate.py" "$@"; }
measure() { "$python" "$here/measure.py" "$@" | tee -a results.jsonl; }
ours() { local name=$1; shift; measure "$name" "$mldelivery" drift "$@" --json; }

for part in $parts; do
  case $part in
    peer)
      make 1000000 r1m.parquet 0.1
      make 1000000 c1m.parquet 0.2 0.05
      measure "scan of two files, 1M x 25" "$python" "$here/scan.py" r1m.parquet c1m.parquet
      ours "drift, two files, 1M x 25" --reference r1m.parquet --current c1m.parquet
      measure "evidently, 1M x 25" "$python" "$here/peer_evidently.py" r1m.parquet c1m.parquet ;;
    profile)
      make 5000000 r5m.parquet 0.1
      make 5000000 c5m.parquet 0.2 0.05
      measure "profile, 5M x 25" "$mldelivery" profile --reference r5m.parquet --output r5m.profile
      measure "scan of one file, 5M x 25" "$python" "$here/scan.py" c5m.parquet
      ours "drift against a profile, 5M x 25" --reference r5m.profile --current c5m.parquet
      measure "scan of two files, 5M x 25" "$python" "$here/scan.py" r5m.parquet c5m.parquet
      ours "drift, two files, 5M x 25" --reference r5m.parquet --current c5m.parquet ;;
    wide)
      [ -f wr.parquet ] || "$python" "$here/generate_wide.py" 100000 1000 wr.parquet 0.1
      [ -f wc.parquet ] || "$python" "$here/generate_wide.py" 100000 1000 wc.parquet 0.2
      ours "drift, two files, 100k x 1000" --reference wr.parquet --current wc.parquet --html wide.html
      measure "drift page in Chromium, 1000 columns" chromium --headless --no-sandbox --disable-gpu \
        --virtual-time-budget=5000 --dump-dom "file://$work/wide.html" ;;
    growth)
      for rows in 100000 300000 1000000 3000000 10000000 20000000; do
        make "$rows" "g$rows.parquet" 0.3
        ours "growth, $rows x 25" --reference "g$rows.parquet" --current "g$rows.parquet"
      done ;;
    *) echo "unknown part $part" >&2; exit 64 ;;
  esac
done
