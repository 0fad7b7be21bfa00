// a bare name that is no variable
echo "${MISSING_THING}"
