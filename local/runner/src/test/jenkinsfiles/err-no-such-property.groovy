// a property that a value lacks
echo "${'text'.nonsense}"
