// a cast that fails
def x = (Map) 'text'
