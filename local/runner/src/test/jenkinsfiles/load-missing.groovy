// load of a file that is not there
node { deleteDir(); try { load 'nothing.groovy' } catch (java.nio.file.NoSuchFileException e) { echo 'no such file' } }
