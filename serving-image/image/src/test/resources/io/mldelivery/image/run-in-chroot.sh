#!/bin/sh
# run-in-chroot.sh ROOT PROGRAM ARGUMENT...: runs an unpacked image as uid 10001, its file system mounted read-only, with
# the /proc and /dev that container engines provide.
# Replaces itself by the program, so that a signal reaches it.
set -eu
exec unshare --mount --propagation private sh -eu -c '
  root=$1
  shift
  mount --bind "$root" "$root"
  mount --bind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs -o size=64m,mode=1777,noexec tmpfs "$root/dev/shm"
  mount -o remount,ro,bind "$root"
  exec chroot --userspec=10001:10001 "$root" "$@"
' sh "$@"
