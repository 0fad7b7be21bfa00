// find operator and groups
def m = ('v1.2' =~ /v(\d+)\.(\d+)/); if (m.find()) { echo "${m.group(1)}-${m.group(2)}" }; m = null
