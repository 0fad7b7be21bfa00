// a division by zero
echo "${1.intdiv(0)}"
