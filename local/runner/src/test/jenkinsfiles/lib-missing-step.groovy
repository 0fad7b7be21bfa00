// a library that is not defined, loaded by the step
echo 'first'
library 'nowhere@1.0'
