// a library-like class gets the script
class H implements Serializable { def s; def go() { s.echo "n ${s.env.BUILD_NUMBER}" } }
new H(s: this).go()
