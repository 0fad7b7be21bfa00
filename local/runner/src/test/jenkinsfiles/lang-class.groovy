// classes with fields, methods and inheritance
class B implements Serializable { String n; def go() { "went ${n}" } }
class C extends B { def go() { super.go() + '!' } }
echo new C(n: 'x').go()
