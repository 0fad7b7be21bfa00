#!/usr/bin/env bash
# Starts the control plane from the folder $1 on loopback, with its state in the folder $2; prints "ready" when the API server
# and its controllers answer. Ports: $3 and the two after it.
set -euo pipefail
bin=$1 run=$2 port=$3
rm -rf "$run"; mkdir -p "$run"/{log,pid,pki}; cd "$run"
etcd=http://127.0.0.1:$((port + 1)) peer=http://127.0.0.1:$((port + 2)) api=https://127.0.0.1:$port
start() { local name=$1; shift; setsid nohup "$@" >"log/$name.log" 2>&1 </dev/null & echo $! >"pid/$name"; }
openssl genrsa -out pki/sa.key 2048 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout pki/ca.key -out pki/ca.crt -subj /CN=test-ca -days 2 2>/dev/null
token=$(openssl rand -hex 16)
printf '%s,admin,admin,"system:masters"\n%s-limited,limited,limited\n' "$token" "$token" >pki/tokens.csv; chmod 600 pki/*
start etcd "$bin/etcd" --name test --data-dir "$run/etcd" --listen-client-urls $etcd --advertise-client-urls $etcd \
  --listen-peer-urls $peer --initial-advertise-peer-urls $peer --initial-cluster test=$peer --unsafe-no-fsync
cat >apiserver.sh <<A
exec "$bin/kube-apiserver" --etcd-servers=$etcd --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port=$port \
  --cert-dir="$run/pki" --service-cluster-ip-range=10.96.0.0/16 --authorization-mode=Node,RBAC --token-auth-file="$run/pki/tokens.csv" \
  --endpoint-reconciler-type=none --service-account-issuer=https://kubernetes.default.svc \
  --service-account-key-file="$run/pki/sa.key" --service-account-signing-key-file="$run/pki/sa.key"
A
start apiserver bash apiserver.sh
answers() { curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $token" "$api$1" 2>/dev/null || true; }
await() { for _ in $(seq 600); do [ "$(answers "$1")" = 200 ] && return; sleep 0.1; done; echo "no answer to $1" >&2; tail -5 log/*.log >&2; exit 1; }
await /readyz
authority=$(base64 -w0 pki/apiserver.crt)
for user in admin limited; do
  suffix=; [ $user = limited ] && suffix=-limited
  cat >$user.kubeconfig <<K
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "$api", certificate-authority-data: "$authority"}}]
users: [{name: $user, user: {token: "$token$suffix"}}]
contexts: [{name: test, context: {cluster: test, user: $user, namespace: ml}}]
current-context: test
K
  chmod 600 $user.kubeconfig
done
start controllers "$bin/kube-controller-manager" --kubeconfig=admin.kubeconfig --bind-address=127.0.0.1 --secure-port=0 --leader-elect=false \
  --service-account-private-key-file="$run/pki/sa.key" --root-ca-file="$run/pki/apiserver.crt" --use-service-account-credentials=true
start scheduler "$bin/kube-scheduler" --kubeconfig=admin.kubeconfig --bind-address=127.0.0.1 --secure-port=0 --leader-elect=false
start kwok "$bin/kwok" --kubeconfig=admin.kubeconfig --manage-all-nodes=false --manage-nodes-with-label-selector=type=kwok \
  --node-ip=127.0.0.1 --node-lease-duration-seconds=40 --config="$bin/stages.yaml"
await /api/v1/namespaces/default/serviceaccounts/default
echo ready
