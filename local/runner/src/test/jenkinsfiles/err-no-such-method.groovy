// a method that a value lacks
'text'.nonsense()
