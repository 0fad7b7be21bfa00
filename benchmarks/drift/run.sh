#!/usr/bin/env bash
# Drift checks against the bare scan and against Evidently, whole processes, one after the other on one machine.
#   run.sh WORK_FOLDER PYTHON [PART...]
# PYTHON has duckdb, evidently 0.7.23 and pandas below 3. Parts: peer (1 M x 25), profile (5 M x 25), wide (3 M x 1,000), tall
# (10 M x 100), growth (100 k to 20 M rows), columns (10 to 10,000 of them), page (in Chromium), memory (a small limit).
# Results are JSON lines in WORK_FOLDER/results.jsonl. Large tables are folders of links to one file, so that they need little disk.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$1 python=$2
shift 2
parts=${*:-peer profile wide tall growth columns page memory}
mldelivery=${MLDELIVERY:-$here/../../mldelivery}
mkdir -p "$work"
cd "$work"

make() { [ -f "$2" ] || "$python" "$here/generate.py" "$@"; }
make_wide() { [ -f "$3" ] || "$python" "$here/generate_wide.py" "$@"; }
measure() { "$python" "$here/measure.py" "$@" | tee -a results.jsonl; }
ours() { local name=$1; shift; measure "$name" "$mldelivery" drift "$@" --json; }
scan() { local name=$1; shift; measure "$name" "$python" "$here/scan.py" "$@"; }
# linked FOLDER FILE COUNT: a table of COUNT times the file
linked() {
  rm -rf "$1"; mkdir "$1"
  for i in $(seq "$3"); do ln "$2" "$1/part-$i.parquet"; done
}

for part in $parts; do
  case $part in
    peer)
      make 1000000 r1m.parquet 0.1
      make 1000000 c1m.parquet 0.2 0.05
      scan "scan of two files, 1M x 25" r1m.parquet c1m.parquet
      ours "drift, two files, 1M x 25" --reference r1m.parquet --current c1m.parquet
      measure "evidently, 1M x 25" "$python" "$here/peer_evidently.py" r1m.parquet c1m.parquet ;;
    profile)
      make 5000000 r5m.parquet 0.1
      make 5000000 c5m.parquet 0.2 0.05
      [ -f r5m.profile ] || measure "profile, 5M x 25" "$mldelivery" profile --reference r5m.parquet --output r5m.profile
      scan "scan of one file, 5M x 25" c5m.parquet
      ours "drift against a profile, 5M x 25" --reference r5m.profile --current c5m.parquet
      scan "scan of two files, 5M x 25" r5m.parquet c5m.parquet
      ours "drift, two files, 5M x 25" --reference r5m.parquet --current c5m.parquet ;;
    wide)
      make_wide 300000 1000 wide.parquet 0.1
      linked w3m wide.parquet 10
      ours "drift, 3M x 1000 against 3M x 1000" --reference w3m --current w3m ;;
    tall)
      make_wide 1000000 100 tall.parquet 0.1
      linked t10m tall.parquet 10
      ours "drift, 10M x 100 against 10M x 100" --reference t10m --current t10m ;;
    growth)
      make 100000 g100k.parquet 0.3
      make 1000000 r1m.parquet 0.1
      for links in "100000 g100k.parquet 1" "300000 g100k.parquet 3" "1000000 r1m.parquet 1" "3000000 r1m.parquet 3" \
        "10000000 r1m.parquet 10" "20000000 r1m.parquet 20"; do
        read -r rows file count <<<"$links"
        linked "g$rows" "$file" "$count"
        [ -f g.profile ] || "$mldelivery" profile --reference g100k.parquet --output g.profile
        ours "growth against a profile, $rows x 25" --reference g.profile --current "g$rows"
        ours "growth of both, $rows x 25" --reference "g$rows" --current "g$rows"
      done ;;
    columns)
      for columns in 10 100 1000 10000; do
        make_wide 3000 "$columns" "k$columns.parquet" 0.1
        ours "columns, 3000 x $columns, 1 GiB" --reference "k$columns.parquet" --current "k$columns.parquet"
      done
      measure "profile, 3000 x 10000, 1 GiB" "$mldelivery" profile --reference k10000.parquet --output k10000.profile
      ours "drift against a profile, 3000 x 10000" --reference k10000.profile --current k10000.parquet ;;
    page)
      make_wide 3000 1000 page1.parquet 0.1
      "$python" "$here/shift.py" page1.parquet page2.parquet
      ours "drift, 3000 x 1000, with page" --reference page1.parquet --current page2.parquet --html page.html
      stat -c '{"name": "page of 1000 drifted columns", "bytes": %s}' page.html | tee -a results.jsonl
      "$here/open_page.sh" "$work/page.html" | tee -a results.jsonl ;;
    memory)
      make 5000000 r5m.parquet 0.1
      ours "drift, 5M x 25, 64 MiB" --reference r5m.parquet --current r5m.parquet --memory 64 ;;
    *) echo "unknown part $part" >&2; exit 64 ;;
  esac
done
