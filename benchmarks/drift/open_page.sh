#!/usr/bin/env bash
# open_page.sh PAGE: milliseconds until a page is loaded and laid out in headless Chromium.
set -euo pipefail
page=$(readlink -f "$1")
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cat >"$folder/harness.html" <<H
<!DOCTYPE html><title>waiting</title><body><script>
const frame = document.createElement("iframe"); frame.width = 1200; frame.height = 800;
const start = performance.now();
frame.onload = () => {
  const rows = frame.contentDocument.querySelectorAll("tr").length;
  frame.contentDocument.body.getBoundingClientRect(); // has the page laid out
  document.body.dataset.ms = Math.round(performance.now() - start); document.body.dataset.rows = rows;
};
frame.src = "file://$page"; document.body.append(frame);
</script></body>
H
for run in 1 2 3; do
  dom=$(chromium --headless --no-sandbox --disable-gpu --allow-file-access-from-files \
    --user-data-dir="$folder/profile$run" --dump-dom "file://$folder/harness.html" 2>/dev/null)
  ms=$(sed -n 's/.*data-ms="\([0-9]*\)".*/\1/p' <<<"$dom")
  rows=$(sed -n 's/.*data-rows="\([0-9]*\)".*/\1/p' <<<"$dom")
  echo "{\"name\": \"opening of $(basename "$page"), run $run\", \"milliseconds\": ${ms:-null}, \"rows\": ${rows:-null}}"
done
