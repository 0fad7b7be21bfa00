#!/bin/sh
# Measures the runner beside its peers and writes RESULTS.md. Needs a built reactor (mvn install) and ../../mldelivery
# to have run once.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
load() { cut -d' ' -f1 /proc/loadavg; }
mvn -q -B -ntp -o -f ../../local/runner/pom.xml dependency:build-classpath -Dmdep.outputFile="$work/classpath"
classes="../../local/runner/target/classes:$(cat "$work/classpath")"
javac -d "$work" -cp "$classes" RunnerBenchmark.java
empty() {
  printf "echo 'x'\n" > "$work/Jenkinsfile"
  for _ in 1 2 3 4 5 6 7; do
    start=$(date +%s%N)
    ../../mldelivery run -f "$work/Jenkinsfile" --home "$work/home" > /dev/null 2>&1
    echo $((($(date +%s%N) - start) / 1000000))
  done | sort -n | sed -n 4p | awk '{printf "| `mldelivery run` of one `echo`, median of 7 | %.2f | s | < 1.5 |\n", $1 / 1000}'
}
{
  echo "# Speed of the runner"
  echo
  echo "Written by run.sh. $(nproc) CPUs ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)),"
  echo "$(java -version 2>&1 | head -1), load before: $(load). The targets are those of a quiet machine."
  echo
  echo "| what | measured | unit | target |"
  echo "|---|---|---|---|"
  java -XX:+UseSerialGC -Xmx1g -cp "$work:$classes" RunnerBenchmark
  empty
  echo
  echo "Load after: $(load)."
} > "$work/RESULTS.md"
mv "$work/RESULTS.md" RESULTS.md
cat RESULTS.md
