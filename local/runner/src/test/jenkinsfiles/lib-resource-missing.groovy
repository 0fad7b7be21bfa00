// a resource that no library has
@Library('conf@1.0') _
libraryResource 'org/conf/other.txt'
