#!/bin/sh
# Runs the gate's benchmark and its peers and writes RESULTS.md. Needs a built reactor (mvn install) and a Python with
# scikit-learn and scipy: PYTHON=path/to/python ./run.sh [rows]...
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -q -B -ntp -f ../../engine/gate/pom.xml dependency:build-classpath -Dmdep.outputFile="$work/classpath"
classes="../../engine/gate/target/classes:$(cat "$work/classpath")"
javac -d "$work" -cp "$classes" GateBenchmark.java
{
  echo "# Speed of the gate's statistics"
  echo
  echo "Written by run.sh; CPU seconds of one process, after reading unless it says otherwise. $(nproc) CPUs, $(java -version 2>&1 | head -1)."
  echo
  echo "| what | rows | how | CPU s |"
  echo "|---|---|---|---|"
  for rows in "${@:-1000000}"; do
    java -Xmx"${HEAP:-1g}" -XX:+UseSerialGC -cp "$work:$classes" GateBenchmark "$rows" "$work"
    if [ "$rows" -le 1000000 ]; then java -Xmx512m -XX:+UseSerialGC -cp "$work:$classes" GateBenchmark whole "$rows" "$work"; fi
    if [ "$rows" -le 1000000 ]; then "${PYTHON:-python3}" peer.py "$work"; fi
    rm -f "$work"/*.f64 "$work"/*.parquet
  done
} > "$work/RESULTS.md"
mv "$work/RESULTS.md" RESULTS.md
cat RESULTS.md
