// steps.x is the step x
steps.echo 'hi'
class H implements Serializable { def steps; def go() { steps.echo 'in class' } }
new H(steps: steps).go()
