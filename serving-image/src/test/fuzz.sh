#!/bin/sh
# Fuzzes the readers of request bodies with Jazzer: src/test/fuzz.sh [SECONDS], from serving-image after mvn test-compile.
# Starts from src/test/resources/fuzz and fuzz-corpus.zip; new inputs go to target/fuzz-corpus; a finding is written to
# target and named in the output.
set -eu
version=0.30.0
mkdir -p target/fuzz-corpus
unzip -qo src/test/resources/fuzz-corpus.zip -d target/fuzz-corpus
mvn -q -B dependency:copy -Dartifact=com.code-intelligence:jazzer:$version -DoutputDirectory=target/jazzer
mvn -q -B dependency:copy -Dartifact=com.code-intelligence:jazzer-api:$version -DoutputDirectory=target/jazzer
mvn -q -B dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath
exec java -Xmx512m -XX:+UseSerialGC -cp "target/jazzer/*:target/classes:target/test-classes:$(cat target/fuzz-classpath)" \
    com.code_intelligence.jazzer.Jazzer --target_class=io.mldelivery.serving.fuzz.WireFuzz \
    --instrumentation_includes='io.mldelivery.**:com.fasterxml.jackson.core.**' \
    -max_total_time="${1:-600}" -max_len=4096 -timeout=60 -rss_limit_mb=3000 -artifact_prefix=target/ -print_final_stats=1 target/fuzz-corpus src/test/resources/fuzz
