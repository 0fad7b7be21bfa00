// eachWithIndex and maps with two parameters
['p', 'q'].eachWithIndex { v, i -> echo "${i}:${v}" }
[b: 2, a: 1].each { k, v -> echo "${k}=${v}" }
[b: 2, a: 1].each { e -> echo e.key }
