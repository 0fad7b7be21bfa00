// text of a resource
@Library('conf@1.0') _
echo libraryResource('org/conf/note.txt')
