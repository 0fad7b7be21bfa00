// the classic JSON parser and writer
def m = new groovy.json.JsonSlurperClassic().parseText('{"a":[1,2],"b":{"c":true}}'); echo "${m.a[1]} ${m.b.c}"; echo groovy.json.JsonOutput.toJson([x: [1, 2], y: null])
