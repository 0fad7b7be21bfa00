// an object that cannot be saved is held over a step
def m = java.util.regex.Pattern.compile('a').matcher('a')
sleep 1
echo "${m.matches()}"
