#!/usr/bin/env bash
# Measures how long the way back, promotion and a restart take on the real API server of the tests, and how many requests that
# costs it; prints what stands in RESULTS.md (ten minutes). Needs the programs of engine/kubernetes/src/test/cluster/build.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$root/engine/rollout"
if [ ! -d target/test-classes ] || [ "${1:-}" != --built ]; then
  (cd "$root" && mvn -B -ntp -q -pl engine/rollout -am -DskipTests install)
fi
mvn -B -ntp -q dependency:build-classpath -Dmdep.outputFile=target/times.classpath -Dmdep.includeScope=test
# shellcheck disable=SC2086 # several options, such as OPTIONS='-Druns=5 -Dseconds=90'
java ${OPTIONS:-} -cp "target/test-classes:target/classes:$(cat target/times.classpath)" io.mldelivery.rollout.kubernetes.RolloutTimes
