// a script with an interpreter is not traced
node { sh '''#!/bin/sh
echo plain
''' }
