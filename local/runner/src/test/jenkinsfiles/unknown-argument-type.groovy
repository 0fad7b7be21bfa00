// an argument of a type that does not fit
sleep(time: 'soon')
