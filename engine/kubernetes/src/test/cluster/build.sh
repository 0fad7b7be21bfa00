#!/usr/bin/env bash
# Builds a real Kubernetes control plane for tests (kube-apiserver, controller-manager, scheduler, etcd, kwok) from Go
# modules into $1, with kwok's stages and the Gateway API's definitions. Needs Go 1.26; four minutes on two free cores, nothing
# to do when all is there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); mkdir -p "$1"; out=$(cd "$1" && pwd)
[ -f "$out/complete" ] && exit 0
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp "$here/go.mod" "$here/go.sum" "$work"; cd "$work"
export CGO_ENABLED=0 GOFLAGS="-mod=mod -buildvcs=false -p=2"
v=k8s.io/component-base/version
ld="-s -w -X $v.gitVersion=v1.36.3 -X $v.gitMajor=1 -X $v.gitMinor=36 -X $v.gitTreeState=archive -X $v.gitCommit=unknown"
[ -x "$out/kwok" ] || go build -trimpath -ldflags "$ld" -o "$out/" \
  k8s.io/kubernetes/cmd/kube-{apiserver,controller-manager,scheduler} go.etcd.io/etcd/server/v3 sigs.k8s.io/kwok/cmd/kwok
[ -x "$out/etcd" ] || mv "$out/server" "$out/etcd"
stages=$(go env GOMODCACHE)/sigs.k8s.io/kwok@v0.8.0/kustomize/stage
cat "$here/pod-ready.yaml" > "$out/stages.yaml"
for file in "$stages"/node/fast/node-initialize.yaml "$stages"/pod/fast/pod-{complete,delete}.yaml "$stages"/pod/chaos/pod-container-running-failed.yaml; do
  printf -- '---\n'; cat "$file"
done >> "$out/stages.yaml"
mkdir -p "$work/gateway"; cd "$work/gateway"; go mod init gateway >/dev/null 2>&1
gateway=$(go mod download -json sigs.k8s.io/gateway-api@v1.6.1 | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
for file in "$gateway"/config/crd/standard/gateway.networking.k8s.io_{gatewayclasses,gateways,httproutes}.yaml; do printf -- '---\n'; cat "$file"; done > "$out/gateway-crds.yaml"
cp "$here/nodes.yaml" "$out/"
touch "$out/complete"
