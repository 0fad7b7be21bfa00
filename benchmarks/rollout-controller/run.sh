#!/usr/bin/env bash
# Measures what a tick costs and prints the table that stands in RESULTS.md (a minute).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
(cd "$root" && mvn -B -ntp -q -pl engine/rollout -am -DskipTests package)
(cd "$root/engine/rollout" && mvn -B -ntp -q dependency:build-classpath -Dmdep.outputFile="$here/classpath.txt")
java -cp "$root/engine/rollout/target/classes:$(cat "$here/classpath.txt")" "$here/TickBenchmark.java"
rm -f "$here/classpath.txt"
