// null as an argument
echo null
