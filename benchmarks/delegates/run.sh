#!/usr/bin/env bash
# Rollouts through the real controllers of Argo Rollouts 1.9.2 and Flagger 1.36.1: builds both from their Go modules into $1 (20 minutes on
# two busy cores the first time), starts them beside the tests' control plane on loopback, runs DelegateTrials, and ends all. Needs Go 1.26
# and, once, the network; the programs of engine/kubernetes/src/test/cluster/build.sh lie in ~/.cache/mldelivery/test-cluster.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd); mkdir -p "$1"; out=$(cd "$1" && pwd)
cluster=$root/engine/kubernetes/src/test/cluster; programs=${MLDELIVERY_TEST_CLUSTER:-$HOME/.cache/mldelivery/test-cluster}; port=17443
export CGO_ENABLED=0 GOFLAGS="-mod=mod -buildvcs=false -p=2"
module() { # path@version folder: a module's sources, which are their own main module so that their replacements count
  [ -d "$out/$2" ] && return
  mkdir -p "$out/empty"; (cd "$out/empty"; [ -f go.mod ] || go mod init empty >/dev/null 2>&1; go mod download "$1")
  cp -r "$(go env GOMODCACHE)/$1" "$out/$2"; chmod -R u+w "$out/$2"
}
module github.com/argoproj/argo-rollouts@v1.9.2 argo
module github.com/fluxcd/flagger@v1.36.1 flagger
[ -x "$out/rollouts-controller" ] || (cd "$out/argo"; go build -trimpath -ldflags "-s -w" -o "$out/" ./cmd/rollouts-controller)
[ -x "$out/flagger-controller" ] || (cd "$out/flagger"; go build -trimpath -ldflags "-s -w" -o "$out/flagger-controller" ./cmd/flagger)
"$cluster/build.sh" "$programs"
run=$out/run; pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; bash "$cluster/down.sh" "$run"' EXIT
bash "$cluster/up.sh" "$programs" "$run" $port
k() { kubectl --kubeconfig "$run/admin.kubeconfig" "$@"; }
k apply -f "$programs/nodes.yaml"; k create namespace ml
for file in "$out"/argo/manifests/crds/*-crd.yaml "$out/flagger/artifacts/flagger/crd.yaml" "$programs/gateway-crds.yaml"; do
  k apply --server-side -f "$file"
done
"$out/rollouts-controller" --kubeconfig "$run/admin.kubeconfig" --leader-elect=false --metricsPort 18090 --healthzPort 18080 >"$run/log/argo.log" 2>&1 & pids+=($!)
"$out/flagger-controller" -kubeconfig "$run/admin.kubeconfig" -mesh-provider gatewayapi:v1 -port 18081 -control-loop-interval 2s \
  -metrics-server http://127.0.0.1:1 >"$run/log/flagger.log" 2>&1 & pids+=($!)
cd "$root/engine/rollout"
mvn -q -o -Dtest=DelegateTrials -Dmldelivery.delegates="$run/admin.kubeconfig" -Dsurefire.failIfNoSpecifiedTests=false test
