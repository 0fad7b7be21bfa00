#!/usr/bin/env bash
# Stops what up.sh started with its state in the folder $1, by process number, and waits until each is gone.
for name in kwok scheduler controllers apiserver etcd; do
  file=$1/pid/$name; [ -f "$file" ] || continue
  pid=$(cat "$file"); kill "$pid" 2>/dev/null
  for i in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; [ "$i" = 50 ] && kill -9 "$pid" 2>/dev/null; done
  rm -f "$file"
done
exit 0
