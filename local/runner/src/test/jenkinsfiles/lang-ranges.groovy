// ranges and times
for (i in 1..3) { echo "${i}" }
(0..<2).each { echo "r${it}" }
2.times { echo "t${it}" }
