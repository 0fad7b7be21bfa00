// the step library makes global variables known
library 'conf@1.0'
greet 'late'
