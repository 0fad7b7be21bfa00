// the step library leads to classes
def lib = library('conf@1.0')
echo lib.org.conf.Tool.version()
node { echo lib.org.conf.Tool.new(this).run('abc') }
