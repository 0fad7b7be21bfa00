// a library that uses another one
@Library(['conf@1.0', 'second@1.0']) _
shout 'quiet'
