import groovy.transform.Field

@Field int count = 0

def next() {
    count++
    return count
}
