#!/usr/bin/env bash
# Runs the study with the engine's own analysis and rewrites RESULTS.md and delays.svg beside this script (about two minutes).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
(cd "$root" && mvn -B -ntp -q -pl engine/rollout -am -DskipTests package)
java -cp "$root/engine/rollout/target/classes:$root/engine/delivery/target/classes" "$here/AnalysisStudy.java" "$here"
