// retry returns the value of its block
echo "${retry(2) { 5 }}"
