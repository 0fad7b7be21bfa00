// a class of a library with steps
@Library('conf@1.0')
import org.conf.Tool
node { echo new Tool(this).run("make") }
