// methods may be defined after their use
node { greet('x') }
def greet(n) { echo "hi ${n}" }
