// a global variable keeps its fields during a build
@Library('conf@1.0') _
echo "${counter.next()} ${counter.next()}"
echo "${counter.count}"
