// catchError returns null
def r = catchError { 5 }
echo "${r}"
